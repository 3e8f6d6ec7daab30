// The newest codemodel reply of CMake's File API, document by document.
#pragma once

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <vector>

namespace winnow::ingest {

/// Members throw std::exception where a document is damaged.
class FileApiReply {
 public:
  /// Of the codemodel: what it says of a target without its own document.
  struct Entry {
    std::string name;
    std::string id;
    std::string directory; ///< source directory, absolute or relative to the source root
    std::string file;      ///< of its own document
  };

  static std::string directory(const std::string& build);

  /// The targets of that configuration; of a tree with one configuration, of that one. Nothing if
  /// CMake has not replied yet.
  static std::optional<FileApiReply> open(const std::string& build,
                                          const std::string& configuration);

  [[nodiscard]] const std::vector<Entry>& targets() const { return targets_; }

  [[nodiscard]] boost::json::object target(const Entry& entry) const;

 private:
  explicit FileApiReply(std::string directory) : directory_(std::move(directory)) {}

  std::string directory_;
  std::vector<Entry> targets_;
};

} // namespace winnow::ingest
