// What a build puts somewhere for tests to find by themselves.
#pragma once

#include "analyzer/model/graph.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace winnow::select {

/// Remembers what it looked at; the graph must outlive it.
class StagedFiles {
 public:
  explicit StagedFiles(const Graph& graph) : graph_(graph) {}

  /// Whether the file may be data for tests that no edge tells of: a custom command makes it that
  /// ninja runs by default, its name or the command's inputs look like data, and it leads to no
  /// test. One whose command makes something else that does is none if it is called like a mark.
  bool is_staged(FileId file);

  /// Whether a test depends on the node. That a test is given a directory around a file, or that a
  /// tool's input mentions it, does not tell that nobody else uses it. Of steps in a circle, which
  /// commands may make that name what is made of their outputs, some may be said to lead to none.
  bool leads_to_test(NodeId node);

 private:
  enum class State : std::uint8_t { unseen, open, fails, leads };

  [[nodiscard]] bool reads_data(StepId step) const;

  const Graph& graph_;
  std::vector<State> states_; ///< by node, once needed
};

/// Whether tests may read a copy of that name in the build tree, rather than packagers, readers of
/// documentation or a desktop.
bool may_be_staged(std::string_view path);

/// The name under which rules know a file of the build tree: that of a source in the same place.
std::string_view ruled_name(std::string_view path);

/// Whether a copy is called like a file that it may be made of: `x.json` like `x.json`, and like
/// `x.json.in`.
bool is_called_like(std::string_view copy, std::string_view original);

} // namespace winnow::select
