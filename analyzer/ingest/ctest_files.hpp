// The tests of a build tree, from CTestTestfile.cmake and what it includes.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/model/test_description.hpp"

#include <map>
#include <string>
#include <vector>

namespace winnow::ingest {

struct TestListing {
  /// Of each directory that has a CTest file, as in TestKey, its source directory, absolute.
  std::map<std::string, std::string> source_directories;
  std::vector<TestDescription> tests; ///< in the order ctest numbers them
  /// By test: the calls that define it, innermost first, as a list of file, line and command; "" if
  /// they are not told.
  std::vector<std::string> backtraces;
  std::vector<std::string> files_read; ///< absolute
  std::vector<std::string>
      files_missed; ///< absolute: what a condition or a subdirs() asked for in vain
  /// Absolute: files by which ctest would now ask a program for its cases (DISCOVERY_MODE
  /// PRE_TEST). Each has the test that stands for a program not built in their place.
  std::vector<std::string> undiscovered;
  /// CTEST_RESOURCE_SPEC_FILE as it was when configuring; "" for none.
  std::string resource_spec_file;
};

/// Evaluates the files directly, in linear time and running nothing: ctest's own listing is
/// quadratic, runs project code, and gives no command for a program that is not built.
///
/// `configuration` is what `ctest -C` would be given, "" for none. No CTest files means no tests. A
/// data error names the file and line that need more of CMake than is known here.
Result<TestListing> read_ctest_files(const Roots& roots, const std::string& configuration);

} // namespace winnow::ingest
