// Runs a build tree's tests through the daemon, as ctest shows them.
#include "daemon/client/verb_ctest.hpp"

#include "analyzer/change/history_line.hpp"
#include "analyzer/ingest/build_tree.hpp"
#include "analyzer/ingest/ctest_files.hpp"
#include "analyzer/schedule/serial_order.hpp"
#include "daemon/client/branch_name.hpp"
#include "daemon/client/ctest_delegate.hpp"
#include "daemon/client/ctest_display.hpp"
#include "daemon/client/ctest_files.hpp"
#include "daemon/client/ctest_json.hpp"
#include "daemon/client/ctest_junit.hpp"
#include "daemon/client/ctest_options.hpp"
#include "daemon/client/ctest_output.hpp"
#include "daemon/client/ctest_preset.hpp"
#include "daemon/client/ctest_programs.hpp"
#include "daemon/client/ctest_resources.hpp"
#include "daemon/client/dart_configuration.hpp"
#include "daemon/client/discover_cases.hpp"
#include "daemon/client/run_follower.hpp"
#include "daemon/client/run_options.hpp"
#include "daemon/client/user_daemon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "version.hpp"

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

/// Whose options, words and files these are.
constexpr std::string_view ctest_version = "3.25.1";

/// Everything the parts of `winnow ctest` need to know.
struct Session {
  const CTestOptions& options;
  std::int64_t started_us = 0; ///< to the second
  DartConfiguration configuration;
  CTestTree tree;
  std::vector<TestDescription> tests;
  std::vector<std::string> backtraces; ///< by test
  CTestSelection selection;
  std::optional<ResourceSpec> resources;
  std::unique_ptr<CTestPrograms> programs; ///< as they were before anything ran
};

CTestPrograms programs_now(const Session& session)
{
  return {session.options.configuration, session.tree.build_dir};
}

bool has_directory(const TestDescription& test)
{
  std::error_code error;
  return fs::is_directory(test.properties.working_directory, error);
}

bool has_required_files(const TestDescription& test)
{
  const fs::path directory = test.properties.working_directory;
  return std::ranges::all_of(test.properties.required_files, [&](const std::string& file) {
    std::error_code error;
    return fs::exists(directory / file, error);
  });
}

/// --progress is for people who look, and not for the file of -O; colours are as CLICOLOR has them.
void adapt_to_terminal(CTestOptions& options)
{
  const bool able = is_able_terminal();
  const auto variable = [](const char* name) {
    const char* const value = std::getenv(name);
    return std::string_view(value == nullptr ? "" : value);
  };
  const std::string_view forced = variable("CLICOLOR_FORCE");
  options.colored = (!forced.empty() && forced != "0") || (variable("CLICOLOR") != "0" && able);
  options.progress = options.progress && able && options.output_log.empty() &&
                     options.verbosity != CTestVerbosity::verbose;
}

/// Puts whole paths into the commands of the tests to run, which is how ctest starts and logs them.
void find_programs(Session& session)
{
  for (const NumberedTest& numbered : session.selection.tests) {
    TestDescription& test = session.tests[numbered.test];
    if (!test.command.empty()) {
      test.command.front() = session.programs->program_of(test).value_or(test.command.front());
    }
  }
}

Result<ingest::TestListing> read_listing(const Session& session)
{
  const Roots roots{session.tree.build_dir, session.tree.build_dir};
  const std::string& configuration = session.options.configuration;
  Result<ingest::TestListing> listing = ingest::read_ctest_files(roots, configuration);
  if (listing && !listing->undiscovered.empty()) {
    const auto tree = ingest::open_build_tree(roots.build);
    discover_cases(tree ? tree->cmake_command : "cmake", configuration, listing->undiscovered);
    listing = ingest::read_ctest_files(roots, configuration);
  }
  return listing;
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

Result<Session> open_session(const CTestOptions& options)
{
  Session session{options};
  session.started_us = static_cast<std::int64_t>(std::time(nullptr)) * 1'000'000;
  if (const auto found = find_tree(options, session.tree); !found) {
    return found.error();
  }
  session.programs = std::make_unique<CTestPrograms>(programs_now(session));
  session.configuration = read_dart_configuration(session.tree.build_dir, options.overwritten);
  session.tree.has_directory = has_directory;
  session.tree.has_required_files = has_required_files;
  session.tree.default_timeout_s = session.configuration.timeout_s;
  Result<ingest::TestListing> listing = read_listing(session);
  if (!listing) {
    return listing.error();
  }
  Result<std::optional<ResourceSpec>> resources = resources_there_are(
      options.resource_spec_file, listing->resource_spec_file, session.tree.build_dir);
  if (!resources) {
    return resources.error();
  }
  session.resources = std::move(*resources);
  session.tests = std::move(listing->tests);
  for (TestDescription& test : session.tests) {
    if (!test.command.empty()) {
      test.command.insert(test.command.end(), options.for_tests.begin(), options.for_tests.end());
    }
  }
  session.backtraces = std::move(listing->backtraces);
  Result<CTestSelection> selection =
      select_tests(session.tests, options.filters, session.tree.build_dir, options.agreement);
  if (!selection) {
    return selection.error();
  }
  session.selection = std::move(*selection);
  if (options.failover && options.mode == CTestMode::run) {
    session.selection =
        without_done(std::move(session.selection), read_ctest_checkpoint(session.tree.build_dir));
  }
  find_programs(session);
  return session;
}

/// Lets chance decide which test comes first, as far as none has to wait for another.
void shuffle(std::vector<RequestedTest>& tests, std::optional<std::uint32_t> seed)
{
  std::mt19937 random(seed ? *seed : std::random_device()());
  for (RequestedTest& test : tests) {
    test.description.properties.cost = std::uniform_real_distribution<>(1, 1e6)(random);
  }
}

/// With what ctest adds to them for its tests.
Surroundings surroundings_of(const CTestOptions& options)
{
  Surroundings surroundings = own_surroundings();
  std::vector<std::string>& environment = surroundings.environment;
  const auto set = [&](const std::string& name, std::string_view value) {
    std::erase_if(environment,
                  [&](const std::string& entry) { return entry.starts_with(name + '='); });
    environment.push_back(fmt::format("{}={}", name, value));
  };
  if (options.debugs_interactively) {
    set("CTEST_INTERACTIVE_DEBUG_MODE", "1");
  } else {
    set("DART_TEST_FROM_DART", "1");
    set("DASHBOARD_TEST_FROM_CTEST", ctest_version);
  }
  return surroundings;
}

RunRequest request_of(const Session& session)
{
  const CTestOptions& options = session.options;
  RunRequest request;
  request.build_dir = session.tree.build_dir;
  request.project = request.build_dir;
  request.configuration = options.configuration;
  if (const auto tree = ingest::open_build_tree(request.build_dir)) {
    request.project = tree->project;
    request.configuration = tree->configuration;
    const auto repository = change::find_repository(tree->roots.source);
    request.branch = branch_name(repository ? change::current_branch(*repository) : "");
  }
  const auto count =
      static_cast<std::uint32_t>(std::max<std::size_t>(session.selection.tests.size(), 1));
  const std::uint32_t jobs =
      options.jobs.value_or(std::max(std::thread::hardware_concurrency(), 2U));
  request.jobs = jobs == 0 ? count : jobs;
  request.timeout_s = options.timeout_s.value_or(session.tree.default_timeout_s);
  request.fail_fast = options.stop_on_failure;
  request.dialect = Dialect::ctest;
  request.repeat = options.repeat;
  request.stop_at_us = options.stop_at_us;
  request.surroundings = surroundings_of(options);
  for (const NumberedTest& numbered : session.selection.tests) {
    request.tests.push_back({session.tests[numbered.test], 0});
  }
  request.resource_spec = session.resources;
  if (options.agreement == CTestAgreement::strict) {
    forget_generated_resources(request);
  }
  if (options.random_order || options.random_seed) {
    shuffle(request.tests, options.random_seed);
  }
  return request;
}

/// The order in which ctest shows tests that run one at a time; nothing for others.
std::vector<std::uint32_t> turns_of(const RunRequest& request)
{
  if (request.jobs != 1) {
    return {};
  }
  std::vector<TestDescription> tests;
  for (const RequestedTest& test : request.tests) {
    tests.push_back(test.description);
  }
  return schedule::serial_order(tests);
}

Result<void> write_junit(const Session& session, const CTestJunit& junit, std::int64_t duration_us)
{
  if (session.options.junit_file.empty()) {
    return {};
  }
  const fs::path path = fs::path(session.tree.build_dir) / session.options.junit_file;
  return junit.write(path.string(), session.configuration, session.started_us, duration_us);
}

/// `output` is that of the whole run. The exit code.
Result<int> run_selected(const Session& session, const RunRequest& request,
                         CTestDisplay::Parts parts)
{
  const auto access = chosen_daemon(DaemonChoice::shared);
  if (!access) {
    return access.error();
  }
  CTestDisplay display(parts, session.options, session.tests, session.selection, turns_of(request));
  const Result<RunOutcome> outcome = run_and_follow(**access, request, display);
  if (!outcome) {
    return outcome.error();
  }
  if (const auto closed = parts.files.close(); !closed) {
    return closed.error();
  }
  if (const auto written = write_junit(session, parts.junit, display.duration_us()); !written) {
    return written.error();
  }
  if (outcome->interrupted) {
    return static_cast<int>(ExitCode::interrupted);
  }
  const int exit_code = parts.output.exit_code();
  if (exit_code == 0 && !outcome->is_whole(request.tests.size())) {
    return static_cast<int>(ExitCode::incomplete);
  }
  parts.files.remove_checkpoint();
  return exit_code;
}

Printed told(const Session& session, const CTestOutput& output)
{
  switch (session.options.mode) {
  case CTestMode::list:
    return output.listing();
  case CTestMode::print_labels:
    return output.labels();
  case CTestMode::list_as_json:
    return {
        ctest_json(
            {session.tests, session.backtraces, session.selection, session.options.configuration,
             [&](const TestDescription& test) { return session.programs->program_of(test); }}),
        ""};
  default:
    return output.ended({});
  }
}

/// Without a test to run, ctest leaves files all the same; a listing begins the log anew, which
/// loses that of the last run unless somebody insists.
Result<int> run_nothing(const Session& session, CTestConsole& console, const CTestOutput& output,
                        const CTestJunit& junit)
{
  const bool lists = only_tells(session.options.mode);
  console.print(told(session, output));
  if (!lists || session.options.agreement == CTestAgreement::strict) {
    Result<CTestFiles> files =
        CTestFiles::open(session.tree.build_dir, session.tests, session.selection, session.options);
    if (!files) {
      return files.error();
    }
    files->remove_checkpoint();
    if (const auto closed = lists ? files->close_log() : files->close(); !closed) {
      return closed.error();
    }
  }
  if (const auto written = write_junit(session, junit, 0); !written) {
    return written.error();
  }
  return lists ? 0 : output.exit_code();
}

/// The options with those of the preset, whose variables are from now on this process's. An exit
/// code where nothing is left to do.
Result<std::optional<int>> take_preset(CTestOptions& options,
                                       std::span<const std::string> arguments)
{
  const CTestPreset preset =
      resolve_ctest_preset(options, arguments, fs::current_path().string(), own_environment());
  print(preset.printed);
  if (preset.exit_code) {
    return preset.exit_code;
  }
  for (const auto& [name, value] : preset.variables) {
    ::setenv(name.c_str(), value.c_str(), 1);
  }
  Result<CTestOptions> all = parse_ctest_options(preset.arguments, preset.environment);
  if (!all) {
    return user_error(fmt::format("with the preset {}: {}", *options.preset, all.error().message));
  }
  options = std::move(*all);
  return std::optional<int>();
}

} // namespace

Result<int> run_ctest(std::span<const std::string> arguments)
{
  Result<CTestOptions> options = parse_ctest_options(arguments, own_environment());
  if (!options) {
    return options.error();
  }
  adapt_to_terminal(*options);
  if (options->mode == CTestMode::help) {
    fmt::print("{}", ctest_help());
    return 0;
  }
  if (options->mode == CTestMode::version) {
    fmt::print("ctest version {}\n\nwinnow {} in its place\n", ctest_version, WINNOW_VERSION);
    return 0;
  }
  if (options->mode == CTestMode::delegate) {
    return become_ctest(arguments);
  }
  if (options->list_presets || options->preset) {
    const Result<std::optional<int>> ended = take_preset(*options, arguments);
    if (!ended) {
      return ended.error();
    }
    if (*ended) {
      return **ended;
    }
  }
  if (!options->configuration.empty()) { // as ctest tells it to whatever it runs
    ::setenv("CMAKE_CONFIG_TYPE", options->configuration.c_str(), 1);
  }
  const Result<Session> session = open_session(*options);
  if (!session) {
    return session.error();
  }
  CTestTree tree = session->tree;
  tree.has_program = [&](const TestDescription& test) {
    if (options->mode != CTestMode::run) {
      return session->programs->program_of(test).has_value();
    }
    // With its directory missing, it does not come to looking for a program.
    CTestPrograms now = programs_now(*session);
    return !now.has_directory(test) || now.program_of(test).has_value();
  };
  CTestOutput output(tree, session->tests, session->selection, session->options);
  CTestJunit junit(options->agreement, options->output_limits);
  Result<CTestConsole> console = CTestConsole::open(*options);
  if (!console) {
    return console.error();
  }
  if (options->mode != CTestMode::list_as_json) {
    console->print(output.head());
  }
  if (only_tells(options->mode) || session->selection.tests.empty()) {
    return run_nothing(*session, *console, output, junit);
  }
  const RunRequest request = request_of(*session);
  if (const auto checked = check_generated_resources(request); !checked) {
    return checked.error();
  }
  Result<CTestFiles> files =
      CTestFiles::open(session->tree.build_dir, session->tests, session->selection, *options);
  if (!files) {
    return files.error();
  }
  return run_selected(*session, request, {*console, output, *files, junit});
}

} // namespace winnow::client
