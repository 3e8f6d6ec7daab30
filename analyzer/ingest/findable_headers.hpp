// Files that include directives may mean, where they are sought: also those git does not tell of.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/model/text_hash.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// A file that git ignores shadows another header as well as one that git knows. It is found by
/// looking into every directory of the two trees in which names are sought: one listing for each,
/// and for those below which a name leads into. Any name is taken to be sought in any of the
/// directories, which finds more than compilers would.
class FindableHeaders {
 public:
  explicit FindableHeaders(const Roots& roots) : roots_(roots) {}

  /// The name in a directive, lexically normal and relative.
  void add_name(std::string_view name);
  /// A file that a directive names as a whole, by its graph path.
  void add_file(std::string_view graph_path);
  /// A graph path; "" is the source root. One outside of the trees is passed over.
  void add_directory(std::string_view directory);

  /// Files that are not looked for: those that a graph has, which must outlive this.
  void leave_out(const Graph& graph);

  /// Graph paths of files, and of links to files or to directories that a name leads into; sorted,
  /// each once. Links in between are followed as long as they stay inside the trees.
  [[nodiscard]] std::vector<std::string> find() const;

 private:
  class Walk;
  using Texts = boost::unordered_flat_set<std::string, TextHash, std::equal_to<>>;

  const Roots& roots_;
  Texts names_;
  Texts directories_named_; ///< what names begin with, before a slash
  int most_parents_ = 0;    ///< how often names go up
  Texts directories_;
  std::vector<std::string> files_;
  boost::unordered_flat_set<std::string_view, TextHash> known_;
};

/// Those that the directives of a graph may mean and that it does not have.
std::vector<std::string> headers_not_in(const Graph& graph, const Roots& roots);

} // namespace winnow::ingest
