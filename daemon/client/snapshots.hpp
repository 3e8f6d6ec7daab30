// The recorded graphs of a build tree: <build>/.winnow/graphs.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/graph.hpp"

#include <optional>
#include <string>

namespace winnow::client {

/// Graphs are written beside their final name and renamed, so that readers and a writer may meet.
/// A damaged one is set aside as `<name>.damaged` with a message on standard error.
class Snapshots {
 public:
  explicit Snapshots(std::string build_dir);

  /// The graph recorded when the build tree had this stamp, if it is at hand and sound.
  [[nodiscard]] std::optional<Graph> find(const std::string& build_stamp) const;
  /// Writes the image and removes all but the newest few. A tree that cannot be written to is an
  /// environment error; the graph can still be used.
  Result<void> keep(const std::string& build_stamp, const Graph& graph) const;
  /// Where keep() puts the graph of that stamp.
  [[nodiscard]] std::string path_of(const std::string& build_stamp) const;

 private:
  std::string directory_;
};

} // namespace winnow::client
