// Where files really are, when links lead to them.
#pragma once

#include "analyzer/model/text_hash.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::ingest {

/// A path without links in it, and the links that were passed on the way, themselves without links
/// before their last component. What does not exist stays as it is named.
struct CanonicalPath {
  std::string path;
  std::vector<std::string> links;
};

/// Resolves like realpath(3). A directory of which much is asked is listed, once; it must not
/// change meanwhile.
class CanonicalPaths {
 public:
  /// `path` is absolute and lexically normal. The last component is followed too.
  CanonicalPath follow(const std::string& path);
  /// Only the directory part is resolved: for outputs, of which a link may be one beside its
  /// target.
  CanonicalPath resolve_directory(std::string path);

 private:
  const CanonicalPath& directory(std::string_view path, int depth);
  CanonicalPath follow_component(const CanonicalPath& parent, std::string_view name, int depth);
  bool may_be_link(const std::string& canonical_directory, std::string_view name);

  struct Links {
    int asked = 0; ///< for names in the directory
    bool listed = false;
    std::vector<std::string> names; ///< of links, and of what has an unknown type; in order
  };

  std::unordered_map<std::string, CanonicalPath, TextHash, std::equal_to<>> directories_;
  std::unordered_map<std::string, Links, TextHash> links_in_;
};

} // namespace winnow::ingest
