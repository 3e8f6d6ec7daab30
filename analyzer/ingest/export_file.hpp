// .winnow/export.json: what Winnow's CMake module knows and no generated file says.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/test_description.hpp"

#include <optional>
#include <string>
#include <vector>

namespace winnow::ingest {

/// Paths are absolute.
struct ExportedTarget {
  std::string name;
  std::string type;                 ///< as CMake spells it
  std::string directory;            ///< source directory
  std::string artifact;             ///< "" for kinds that have none
  std::vector<std::string> headers; ///< of all header sets
  /// What it links or is made after, by name; also what is no target, as "-lm".
  std::vector<std::string> links;
};

/// One winnow_test_inputs(): all inputs count for all tests.
struct DeclaredInputs {
  std::vector<std::string> tests;
  std::string directory; ///< source directory of the call; what globs are relative to
  std::vector<std::string> files;
  std::vector<std::string> directories;
  std::vector<std::string> globs;
  std::vector<std::string> targets; ///< what the tests run or load by themselves, all of it
};

/// One winnow_test_resources().
struct DeclaredResources {
  std::vector<std::string> tests;
  std::string directory;
  StatedResources stated; ///< stated_at as CMake has it: absolute
  std::vector<ResourceCount> capacity;
};

/// One winnow_split_dependents().
struct SplitDependents {
  std::vector<std::string> targets;
  std::string directory;              ///< source directory of the call
  std::vector<std::string> own_tests; ///< names of tests defined there or below
  bool enabled = true;
};

struct Export {
  std::vector<ExportedTarget> targets;
  std::vector<DeclaredInputs> inputs;
  std::vector<DeclaredResources> resources;
  std::vector<SplitDependents> split_dependents;
};

/// Nothing if the file does not exist: the module is optional. A data error names a file that is
/// damaged or of another kind or version.
Result<std::optional<Export>> read_export(const std::string& path);

} // namespace winnow::ingest
