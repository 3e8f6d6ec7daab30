// What recordings of a build tree leave: <build>/.winnow/graphs and the index of includes.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/graph.hpp"

#include <optional>
#include <string>
#include <vector>

namespace winnow::client {

/// What becomes of a graph of the same configuration state that is kept as a base already: it
/// stays, so that a setting changed since (-D) still shows, or is replaced.
enum class Known { stays, is_replaced };

/// Two shelves: the newest graphs of the tree, by build stamp, and in `base/` those a later query
/// can compare with, one for each state of what configuring reads. Readers and a writer may meet.
class Snapshots {
 public:
  explicit Snapshots(std::string build_dir);

  /// The graph recorded when the build tree had this stamp, if it is at hand and sound.
  [[nodiscard]] std::optional<Graph> find(const std::string& build_stamp) const;
  /// The one recorded last.
  [[nodiscard]] std::optional<Graph> newest() const;
  /// All of them.
  [[nodiscard]] std::vector<Graph> all() const;
  /// Writes the image and removes all but the newest few. A tree that cannot be written to is an
  /// environment error; the graph can still be used.
  Result<void> keep(const std::string& build_stamp, const Graph& graph) const;
  /// Where keep() puts the graph of that stamp.
  [[nodiscard]] std::string path_of(const std::string& build_stamp) const;

  /// Writes the index that lets the next recording read only what changed.
  Result<void> keep_include_index(const std::string& bytes) const;

  /// Does nothing for a graph whose configuration state is not known. Removes all but those used
  /// last.
  Result<void> keep_as_base(const Graph& graph, Known known) const;
  /// A graph of this configuration_state().
  [[nodiscard]] std::optional<Graph> find_base_like(const std::string& configuration_state) const;
  /// A graph whose configuration read of the sources what configuring `base` would read.
  [[nodiscard]] std::optional<Graph> find_base(const SourceState& base,
                                               const SourceState& now) const;

 private:
  [[nodiscard]] std::string base_path_of(const std::string& configuration_state) const;

  std::string build_dir_;
  std::string directory_; ///< of the graphs
};

} // namespace winnow::client
