// What CTestCustom.cmake of a build tree asks of ctest where it runs tests.
#pragma once

#include "analyzer/ingest/cmake_recording.hpp"
#include "analyzer/ingest/cmake_variables.hpp"
#include "analyzer/ingest/ctest_files.hpp"
#include "analyzer/model/error.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace winnow::ingest {

/// What is kept of an output in JUnit documents; what is not set is as the options say. ctest 3.25
/// lets it beat them.
struct CustomOutputLimits {
  std::optional<std::size_t> kept_of_passed; ///< bytes; 0 is all
  std::optional<std::size_t> kept_of_failed;
  std::string truncation; ///< tail, middle or head; "" is not set
};

struct CTestCustom {
  std::vector<std::string> files;         ///< absolute; empty if there are none
  std::vector<std::string> ignored_tests; ///< by name: ctest does as if they were not there
  std::vector<std::string> before_tests;  ///< command lines
  std::vector<std::string> after_tests;
  CustomOutputLimits limits;
  EnvironmentChanges environment; ///< for all that is run
  std::string bad_truncation;     ///< a value that is none; "" if there is no such
  /// Why the files could not be evaluated, then nothing of them counts; "" if they were.
  std::string problem;
  /// The problem is only that there was nobody to evaluate them.
  bool unevaluated = false;
  bool by_cmake = false; ///< evaluated by CMake, which may find something else another time
};

/// Reads CTestCustom.cmake of the build tree, or else, if there is a CTestCustom.ctest, all files
/// of that name anywhere in the tree, in the order the directories give them. What is about
/// dashboards is left out.
CTestCustom read_ctest_custom(const std::string& build_dir, const CMakeEvaluator& evaluator);

/// Takes the tests that are ignored out of the listing.
void ignore_tests(const CTestCustom& custom, TestListing& listing);

} // namespace winnow::ingest
