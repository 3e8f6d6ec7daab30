// The tests of a build tree, from CTestTestfile.cmake and what it includes.
#pragma once

#include "analyzer/ingest/cmake_recording.hpp"
#include "analyzer/ingest/cmake_variables.hpp"
#include "analyzer/ingest/test_property.hpp"
#include "analyzer/model/counted_resource.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/model/test_description.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace winnow::ingest {

/// A file that only CMake can evaluate.
struct UnevaluatedFile {
  std::string file; ///< absolute
  std::string why;  ///< with file and line
};

struct TestListing {
  /// Of each directory that has a CTest file, as in TestKey, its source directory, absolute.
  std::map<std::string, std::string> source_directories;
  std::vector<TestDescription> tests; ///< in the order ctest numbers them
  /// By test: the calls that define it, innermost first, as a list of file, line and command; "" if
  /// they are not told.
  std::vector<std::string> backtraces;
  std::vector<PropertyTexts> property_texts; ///< by test; none unless asked for
  std::vector<std::string> files_read;       ///< absolute
  std::vector<std::string>
      files_missed; ///< absolute: what a condition or a subdirs() asked for in vain
  /// Absolute: files by which ctest would now ask a program for its cases (DISCOVERY_MODE
  /// PRE_TEST). Each has the test that stands for a program not built in their place.
  std::vector<std::string> undiscovered;
  /// CTEST_RESOURCE_SPEC_FILE as it was when configuring; "" for none.
  std::string resource_spec_file;
  /// As winnow_test_resources() declares them, one for each time; see state_resources().
  std::vector<CountedResource> resources;
  /// What the files set in the environment of the tests.
  EnvironmentChanges environment;
  /// Directories' files of which nothing is in this listing, as there was nobody to evaluate them.
  std::vector<UnevaluatedFile> unevaluated;
  /// Tells what CMake made of files it evaluated from what it made of them another time; 0 if there
  /// were none.
  std::uint64_t evaluated = 0;
};

enum class KeepTexts { no, yes };

/// Evaluates the files directly, in linear time and running nothing: ctest's own listing is
/// quadratic, runs project code, and gives no command for a program that is not built.
///
/// A directory whose files need more of CMake than is known here is left to `evaluator`, in its
/// turn; without one it is told in TestListing::unevaluated. Its subdirectories are entered after
/// it as a whole.
///
/// `configuration` is what `ctest -C` would be given, "" for none. No CTest files means no tests. A
/// data error where directories enter each other; else an error is that of the evaluator.
Result<TestListing> read_ctest_files(const Roots& roots, const std::string& configuration,
                                     const CMakeEvaluator& evaluator = {},
                                     KeepTexts property_texts = KeepTexts::no);

} // namespace winnow::ingest
