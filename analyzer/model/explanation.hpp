// What one test depends on, and why it is selected or skipped.
#pragma once

#include "analyzer/model/selection.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace winnow {

/// Counts are of everything reached, transitively; the lists of what the test itself names.
struct TestInputs {
  std::size_t project_files = 0;  ///< of the source and build trees, outputs of steps not counted
  std::size_t external_files = 0; ///< elsewhere: headers and programs of the system
  std::vector<TargetId> targets;  ///< whose steps make them, ordered by id
  std::vector<ChainLink> direct;  ///< files and tests, each with the kind of its edge to the test
};

/// A test that is not selected has no reasons: none of its inputs changed.
struct TestExplanation {
  TestId test;
  std::vector<Reason> reasons;
  std::optional<Fallback> fallback;
  TestInputs inputs;
};

enum class FileStanding {
  known,   ///< the graph has edges from it
  ignored, ///< the graph does not know it, and a rule says that it cannot matter
  unknown  ///< neither
};

/// What a change of one file alone would select, tests that are always selected left out.
struct FileExplanation {
  std::string path;
  FileStanding standing = FileStanding::unknown;
  std::string ignore_rule; ///< its name; of `harmless_files` also the pattern that matched
  Selection selection;
};

} // namespace winnow
