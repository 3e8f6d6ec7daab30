// The collected parts of a graph, and how they become an image.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/packed_edges.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow {

/// A graph in the order it was collected; edges name their ends by the ids of that order.
struct GraphParts {
  struct File {
    std::string_view path; ///< outlives the parts
    ContentHash hash;
    std::optional<StepId> producer;
  };

  GraphOrigin origin;
  std::vector<File> files;
  std::vector<StepRecord> steps;
  std::vector<TargetRecord> targets;
  std::vector<TestRecord> tests;
  EdgeList file_to_step;
  EdgeList step_to_file;
  EdgeList file_to_test;
  EdgeList test_to_test;
  std::vector<SearchRecord> searches;
  std::vector<std::vector<DefinitionRecord>> definitions;
  /// By a directive's name and, as its last byte, form.
  std::unordered_map<std::string, std::vector<FileId>> includers;

  /// Who says a key.
  struct Sayers {
    std::vector<FileId> files;
    std::vector<StepId> steps;
    std::vector<TestId> tests;
  };

  std::unordered_map<std::string, Sayers> sayers; ///< by key
};

/// Orders files by path, targets by (name, directory), tests by key, edges by their ends, drops
/// repeated edges, and writes the image of graph_format.hpp. The result depends only on the set of
/// parts, not on the order of files, targets, tests and edges.
GraphImage lay_out(GraphParts parts);

} // namespace winnow
