// Tests that are given whole directories, for files that come or go there later.
#pragma once

#include "analyzer/model/graph.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::select {

/// A directory given to a test is in the graph as edges from the files that lay below it when it
/// was recorded: below_argument, or declared_input, which may also be a list of files or a pattern.
class GivenDirectories {
 public:
  explicit GivenDirectories(const Graph& graph) : graph_(graph) {}

  /// The tests that may be given a directory or pattern that `path` falls into, ordered by id:
  /// those with such an edge from a file in its own directory, and of the nearest directory that
  /// has such files below it, those that have all its data files, or all with the extension of
  /// `path`; code and prose only the latter. One look at the files below each directory on the way,
  /// ever.
  std::vector<TestId> tests_around(std::string_view path);
  /// Whether some test is given the directory of `path` itself, for sure.
  bool surely_given(std::string_view path);

 private:
  /// How many data files there are, and how many of them each test is given.
  struct Count {
    std::uint32_t files = 0;
    std::map<TestId, std::uint32_t> given;
  };

  struct Directory {
    Count all;                              ///< below it
    std::map<std::string_view, Count> with; ///< below it, by extension
    std::set<TestId> own;                   ///< tests given a file in it, not deeper
    bool given = false;                     ///< has a file of its own with a below_argument edge
  };

  const Directory& look_at(std::string_view directory);
  void count(Directory& directory, std::string_view path, FileId file, bool own);

  const Graph& graph_;
  std::map<std::string, Directory, std::less<>> directories_;
};

} // namespace winnow::select
