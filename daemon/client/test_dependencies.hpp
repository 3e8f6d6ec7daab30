// The files and directories that a test depends on, as far as the build tree tells.
#pragma once

#include "analyzer/ingest/export_file.hpp"
#include "analyzer/ingest/loaded_libraries.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/model/test_description.hpp"
#include "daemon/client/ctest_programs.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::client {

struct TestDependencies {
  std::set<std::string> paths; ///< absolute; of directories everything below them
  /// It may run any program of the build tree: a script does, and a program that knows a directory
  /// there, unless winnow_test_inputs(TARGETS) says which.
  bool on_any_program = false;
  std::string doubt; ///< why there may be others; "" for nothing
};

/// Takes for a dependency of a test:
/// - its program, files and directories in its command and environment, its REQUIRED_FILES, and
///   what CMake wrote of add_test(BUILD_DEPENDS) and of targets in the command;
/// - the shared libraries that any of these files loads when it starts;
/// - files and directories that constants of the build tree's own programs and libraries name, but
///   for sources: when those change, a program is built anew;
/// - the directory of a script in the source tree, where others may lie that it calls, and a
/// working
///   directory there;
/// - what winnow_test_inputs() declares.
///
/// A directory of the system, or one that holds the build tree, is none.
class DependencySearch {
 public:
  /// `programs` must outlive it.
  DependencySearch(Roots roots, CTestPrograms& programs, ingest::Export exported);

  DependencySearch(const DependencySearch&) = delete;
  DependencySearch& operator=(const DependencySearch&) = delete;
  ~DependencySearch() = default;

  TestDependencies of(const TestDescription& test);

 private:
  struct Search;
  enum class Kind { nothing, file, directory };

  Kind kind_of(const std::string& path);
  /// What the constants of a program name.
  const Result<std::vector<std::string>>& compiled_into(const std::string& program);

  Roots roots_;
  CTestPrograms& programs_;
  ingest::Export exported_;
  std::map<std::string, std::vector<const ingest::DeclaredInputs*>, std::less<>> declared_;
  std::map<std::string, std::string, std::less<>> artifacts_;
  ingest::LoadedLibraries libraries_;
  std::map<std::string, Kind> kinds_;
  std::map<std::string, Result<std::vector<std::string>>> compiled_into_;
};

} // namespace winnow::client
