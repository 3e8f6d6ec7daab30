// A call of `winnow ctest`: the build tree, its tests, and which of them are meant.
#pragma once

#include "analyzer/ingest/ctest_custom.hpp"
#include "analyzer/model/counted_resource.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/resource_spec.hpp"
#include "analyzer/model/settings.hpp"
#include "analyzer/model/test_description.hpp"
#include "daemon/client/ctest_console.hpp"
#include "daemon/client/ctest_options.hpp"
#include "daemon/client/ctest_passes.hpp"
#include "daemon/client/ctest_programs.hpp"
#include "daemon/client/ctest_selection.hpp"
#include "daemon/client/ctest_test_lines.hpp"
#include "daemon/client/dart_configuration.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace winnow::client {

/// Everything the parts of `winnow ctest` need to know.
struct CTestSession {
  const CTestOptions& options;
  std::int64_t started_us = 0; ///< to the second
  DartConfiguration configuration;
  CTestTree tree;
  std::string cmake_command;
  std::string source_dir; ///< "" for a tree that CMake has not configured
  ingest::CTestCustom custom;
  std::vector<TestDescription> tests;
  std::vector<std::string> backtraces;               ///< by test
  std::vector<ingest::PropertyTexts> property_texts; ///< by test; empty unless they are shown
  CTestSelection selection;
  std::optional<ResourceSpec> resources;
  std::vector<CountedResource> counted_resources;
  RunCapacity capacity;                    ///< of winnow.json
  std::unique_ptr<CTestPrograms> programs; ///< as they were before anything ran
  /// Where tests are run, or asked whether they are out of date.
  std::unique_ptr<CTestPasses> passes; ///< null where none are remembered

  /// As they are now.
  [[nodiscard]] CTestPrograms programs_now() const;
  /// The tree, with its programs as they are when they are asked for.
  [[nodiscard]] CTestTree living_tree() const;
};

/// The tree, without its tests yet; complains of its CTestCustom.cmake. A user error where there is
/// none.
Result<CTestSession> open_ctest_session(const CTestOptions& options, CTestConsole& console);

/// Finds out which tests there are, and which of them to run. A step error where a script of the
/// project failed: why was said then.
Result<void> list_tests(CTestSession& session, CTestConsole& console);

} // namespace winnow::client
