// What of a graph is a target's own: where searches for its dependents begin.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/select/library_homes.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::select {

/// Goes through the graph's steps once. The graph must outlive it.
class TargetSeeds {
 public:
  explicit TargetSeeds(const Graph& graph);

  /// Its artifacts, then its steps: a chain from the artifact is the shorter to tell.
  [[nodiscard]] std::vector<NodeId> made_by(TargetId target) const;

  /// The headers that others may read of it: those of `declared` that the graph knows, and those
  /// that lie in its directory or below, as far as no other library is nearer. Of several libraries
  /// of one directory a header is not one's that another's steps read, and its own do not; one
  /// without steps has all.
  [[nodiscard]] std::vector<NodeId> headers_of(TargetId target,
                                               std::span<const std::string> declared) const;

  /// The target whose step a file comes from, or a step is; nothing where no target has it.
  [[nodiscard]] std::optional<TargetId> maker_of(NodeId node) const;

  [[nodiscard]] const LibraryHomes& homes() const { return homes_; }

 private:
  [[nodiscard]] std::vector<NodeId> headers_at_home(TargetId target) const;

  const Graph& graph_;
  LibraryHomes homes_;
  std::vector<std::vector<NodeId>> steps_; ///< by target
};

} // namespace winnow::select
