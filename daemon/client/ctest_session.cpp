// Looks at the tree as ctest does, in its order.
#include "daemon/client/ctest_session.hpp"

#include "analyzer/ingest/build_tree.hpp"
#include "analyzer/ingest/ctest_files.hpp"
#include "daemon/client/cmake_evaluator.hpp"
#include "daemon/client/ctest_checkpoint.hpp"
#include "daemon/client/ctest_custom_steps.hpp"
#include "daemon/client/ctest_resources.hpp"
#include "daemon/client/ctest_statements.hpp"
#include "daemon/client/discover_cases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <utility>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

bool has_directory(const TestDescription& test)
{
  std::error_code error;
  return fs::is_directory(test.properties->working_directory, error);
}

bool has_required_files(const TestDescription& test)
{
  const fs::path directory = test.properties->working_directory;
  return std::ranges::all_of(test.properties->required_files, [&](const std::string& file) {
    std::error_code error;
    return fs::exists(directory / file, error);
  });
}

/// Where the tests are, and where ctest begins.
Result<void> find_tree(const CTestOptions& options, CTestTree& tree)
{
  std::error_code error;
  const fs::path directory = options.test_dir.empty() ? "." : options.test_dir;
  const fs::path start = fs::canonical(directory, error);
  if (error) {
    return user_error("there is no directory " + directory.string() + " to test");
  }
  const auto led_to = options.overwritten.find("BuildDirectory");
  const fs::path build = led_to == options.overwritten.end() ? start : start / led_to->second;
  tree.build_dir = fs::canonical(build, error).string();
  if (error) {
    return user_error(fmt::format("there is no build tree {}{}; configure it first", build.string(),
                                  options.preset ? " of the preset " + *options.preset : ""));
  }
  tree.start_dir = start.string();
  tree.entered = start != fs::current_path();
  return {};
}

Result<ingest::TestListing> read_listing(const CTestSession& session)
{
  const Roots roots{session.tree.build_dir, session.tree.build_dir};
  const std::string& configuration = session.options.configuration;
  const auto texts = session.options.json_of_texts ? ingest::KeepTexts::yes : ingest::KeepTexts::no;
  Result<ingest::TestListing> listing = ingest::read_ctest_files(roots, configuration, {}, texts);
  if (listing && !(listing->undiscovered.empty() && listing->unevaluated.empty())) {
    discover_cases(session.cmake_command, configuration, listing->undiscovered);
    listing = ingest::read_ctest_files(
        roots, configuration, cmake_evaluator(session.cmake_command, ProgramOutput::to_output),
        texts);
  }
  return listing;
}

/// As ctest does, in this process: tests and commands have it from there.
void change_environment(const ingest::EnvironmentChanges& changes)
{
  for (const auto& [name, value] : changes) {
    if (value) {
      ::setenv(name.c_str(), value->c_str(), 1);
    } else {
      ::unsetenv(name.c_str());
    }
  }
}

/// Without the tests that CTestCustom.cmake has ignored.
void ignore_tests(CTestSession& session, ingest::TestListing& listing)
{
  for (const TestDescription& test : listing.tests) {
    if (std::ranges::find(session.custom.ignored_tests, test.key.name) !=
        session.custom.ignored_tests.end()) {
      session.tree.ignored.push_back(test.key.name);
    }
  }
  ingest::ignore_tests(session.custom, listing);
}

void take_tests(CTestSession& session, ingest::TestListing& listing)
{
  const std::vector<std::string>& more = session.options.for_tests;
  session.tests = std::move(listing.tests);
  for (TestDescription& test : session.tests) {
    if (!test.command.empty()) {
      test.command.insert(test.command.end(), more.begin(), more.end());
    }
  }
  session.backtraces = std::move(listing.backtraces);
  session.property_texts = std::move(listing.property_texts);
}

/// What is known of tests that passed, if that was ever asked for; says what of it is not.
void recall_passes(CTestSession& session)
{
  const CTestOptions& options = session.options;
  const std::string& build_dir = session.tree.build_dir;
  const bool remembers = !only_tells(options.mode) && remembers_passes(build_dir);
  if (!options.filters.out_of_date && !remembers) {
    return;
  }
  session.passes = std::make_unique<CTestPasses>(
      session.tests, options.configuration,
      Roots{session.source_dir.empty() ? build_dir : session.source_dir, build_dir},
      *session.programs);
  if (options.filters.out_of_date && !session.passes->trouble().empty()) {
    fmt::print(stderr, "winnow: {}; every test is out of date\n", session.passes->trouble());
  }
}

Result<void> choose_tests(CTestSession& session)
{
  const CTestOptions& options = session.options;
  const std::string& build_dir = session.tree.build_dir;
  Result<CTestSelection> selection =
      select_tests(session.tests, options.filters, build_dir, options.agreement,
                   [&](std::size_t test) { return session.passes->is_out_of_date(test); });
  if (!selection) {
    return selection.error();
  }
  session.selection = std::move(*selection);
  if (options.failover && options.mode == CTestMode::run) {
    session.selection = without_done(std::move(session.selection), session.tests,
                                     read_ctest_checkpoint(build_dir), options.agreement);
  }
  return {};
}

/// Puts whole paths into the commands of the tests to run, which is how ctest starts and logs them.
void find_programs(CTestSession& session)
{
  for (const NumberedTest& numbered : session.selection.tests) {
    TestDescription& test = session.tests[numbered.test];
    if (!test.command.empty()) {
      test.command.front() = session.programs->program_of(test).value_or(test.command.front());
    }
  }
}

} // namespace

CTestPrograms CTestSession::programs_now() const
{
  return {options.configuration, tree.build_dir};
}

CTestTree CTestSession::living_tree() const
{
  CTestTree living = tree;
  living.has_program = [this](const TestDescription& test) {
    if (options.mode != CTestMode::run) {
      return programs->program_of(test).has_value();
    }
    // With its directory missing, it does not come to looking for a program.
    CTestPrograms now = programs_now();
    return !now.has_directory(test) || now.program_of(test).has_value();
  };
  return living;
}

Result<CTestSession> open_ctest_session(const CTestOptions& options, CTestConsole& console)
{
  CTestSession session{options};
  session.started_us = static_cast<std::int64_t>(std::time(nullptr)) * 1'000'000;
  if (const auto found = find_tree(options, session.tree); !found) {
    return found.error();
  }
  session.configuration = read_dart_configuration(session.tree.build_dir, options.overwritten);
  session.tree.has_directory = has_directory;
  session.tree.has_required_files = has_required_files;
  session.tree.default_timeout_s = session.configuration.timeout_s;
  session.tree.subprojects = session.configuration.subprojects;
  const auto tree = ingest::open_build_tree(session.tree.build_dir);
  session.source_dir = tree ? tree->roots.source : "";
  session.cmake_command = tree ? tree->cmake_command : "cmake";
  session.custom = ingest::read_ctest_custom(
      session.tree.build_dir, cmake_evaluator(session.cmake_command, ProgramOutput::to_output));
  session.tree.customized = !session.custom.files.empty();
  console.print(custom_complaints(session.custom));
  change_environment(session.custom.environment);
  return session;
}

Result<void> list_tests(CTestSession& session, CTestConsole& console)
{
  if (session.options.verbosity == CTestVerbosity::verbose) {
    console.print(for_output("Constructing a list of tests\n"));
  }
  if (is_refused(session.custom, session.options)) {
    return step_error("CTestCustom.cmake is wrong");
  }
  session.programs = std::make_unique<CTestPrograms>(session.programs_now());
  Result<ingest::TestListing> listing = read_listing(session);
  if (!listing) {
    return listing.error();
  }
  Result<std::optional<ResourceSpec>> resources = resources_there_are(
      session.options.resource_spec_file, listing->resource_spec_file, session.tree.build_dir);
  if (!resources) {
    return resources.error();
  }
  session.resources = std::move(*resources);
  Result<HeededSettings> heeded = honour_statements(session, *listing);
  if (!heeded) {
    return heeded.error();
  }
  session.counted_resources = std::move(heeded->resources);
  session.capacity = heeded->settings.capacity;
  change_environment(listing->environment);
  ignore_tests(session, *listing);
  take_tests(session, *listing);
  recall_passes(session);
  if (Result<void> chosen = choose_tests(session); !chosen) {
    return chosen;
  }
  find_programs(session);
  return {};
}

} // namespace winnow::client
