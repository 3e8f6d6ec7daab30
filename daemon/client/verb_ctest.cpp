// Runs a build tree's tests through the daemon, as ctest shows them.
#include "daemon/client/verb_ctest.hpp"

#include "daemon/client/ctest_console.hpp"
#include "daemon/client/ctest_custom_steps.hpp"
#include "daemon/client/ctest_delegate.hpp"
#include "daemon/client/ctest_display.hpp"
#include "daemon/client/ctest_files.hpp"
#include "daemon/client/ctest_frame.hpp"
#include "daemon/client/ctest_json.hpp"
#include "daemon/client/ctest_junit.hpp"
#include "daemon/client/ctest_option_values.hpp"
#include "daemon/client/ctest_options.hpp"
#include "daemon/client/ctest_output.hpp"
#include "daemon/client/ctest_preset.hpp"
#include "daemon/client/ctest_request.hpp"
#include "daemon/client/ctest_resources.hpp"
#include "daemon/client/ctest_session.hpp"
#include "daemon/client/job_server.hpp"
#include "daemon/client/run_follower.hpp"
#include "daemon/client/run_options.hpp"
#include "daemon/client/user_daemon.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>
#include <utility>

#include "version.hpp"

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

/// Whose options, words and files these are.
constexpr const char* ctest_version = "3.25.1";

/// ctest's, where anything failed.
constexpr int failure_code = 8;

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

/// What ctest tells whatever it runs: tests, and scripts of the project.
void set_environment(const CTestOptions& options)
{
  if (!options.configuration.empty()) {
    ::setenv("CMAKE_CONFIG_TYPE", options.configuration.c_str(), 1);
  }
  if (options.debugs_interactively) {
    ::setenv("CTEST_INTERACTIVE_DEBUG_MODE", "1", 1);
  } else {
    ::setenv("DART_TEST_FROM_DART", "1", 1);
    ::setenv("DASHBOARD_TEST_FROM_CTEST", ctest_version, 1);
  }
}

/// CTestCustom.cmake beats the options.
OutputLimits output_limits(const CTestSession& session)
{
  OutputLimits limits = session.options.output_limits;
  const ingest::CustomOutputLimits& custom = session.custom.limits;
  limits.passed = custom.kept_of_passed.value_or(limits.passed);
  limits.failed = custom.kept_of_failed.value_or(limits.failed);
  if (const auto truncation = truncation_named(custom.truncation)) {
    limits.truncation = truncation;
  }
  return limits;
}

Result<void> write_junit(const CTestSession& session, const CTestJunit& junit,
                         std::int64_t duration_us)
{
  if (session.options.junit_file.empty()) {
    return {};
  }
  const fs::path path = fs::path(session.tree.build_dir) / session.options.junit_file;
  return junit.write(path.string(), session.configuration, session.started_us, duration_us);
}

/// Says that something failed; ctest's exit code for it.
int failed(const CTestSession& session, CTestConsole& console)
{
  console.print(ctest_failure(session.tree, session.options));
  return failure_code;
}

/// The same where it did not come to tests: ctest has begun a log by then.
int failed_to_list(const CTestSession& session, CTestConsole& console)
{
  if (only_tells(session.options.mode) && session.options.agreement != CTestAgreement::strict) {
    return failed(session, console);
  }
  const fs::path directory = fs::path(session.tree.build_dir) / "Testing/Temporary";
  std::error_code ignored;
  fs::create_directories(directory, ignored);
  std::ofstream(directory / "LastTest.log", std::ios::trunc);
  return failed(session, console);
}

bool run_post_test_commands(const CTestSession& session, CTestConsole& console)
{
  return run_custom_commands(session.custom.after_tests, "post-test", session.tree, session.options,
                             console);
}

/// That of make, if it has one for this process; ctest has it from 3.29 on.
std::optional<JobServer> join_job_server(const CTestOptions& options, CTestConsole& console)
{
  if (only_tells(options.mode) || options.agreement == CTestAgreement::strict) {
    return std::nullopt;
  }
  Result<std::optional<JobServer>> found = own_job_server();
  if (!found) {
    const bool matters = options.jobs != 1U;
    console.print(for_error(matters ? job_server_warning(found.error()) : ""));
    return std::nullopt;
  }
  console.print(for_output(*found ? "Connected to MAKE jobserver\n" : ""));
  return std::move(*found);
}

/// What comes after the tests; `code` becomes the exit code.
int conclude(const CTestSession& session, CTestConsole& console, const CTestOutput& output,
             int code)
{
  if (run_post_test_commands(session, console) && output.exit_code() == 0) {
    return code;
  }
  const int failure = failed(session, console);
  return code == 0 ? failure : code;
}

/// What becomes of --out-of-date is no reason to run nothing now.
void tell_unkept(const Result<void>& kept)
{
  if (!kept) {
    fmt::print(stderr, "winnow: {}; --out-of-date will not know of this run\n",
               kept.error().message);
  }
}

/// The exit code.
Result<int> run_selected(const CTestSession& session, const RunRequest& request,
                         CTestDisplay::Parts parts, std::optional<JobServer> job_server)
{
  const auto access = chosen_daemon(DaemonChoice::shared);
  if (!access) {
    return access.error();
  }
  CTestDisplay display(parts, session.options, session.tests, session.selection, turns_of(request));
  if (request.jobs == 1U) { // which this process has a right to by itself
    job_server.reset();
  }
  const Result<RunOutcome> outcome =
      run_and_follow(**access, request, display, std::move(job_server));
  if (!outcome) {
    return outcome.error();
  }
  if (const auto closed = parts.files.close(); !closed) {
    return closed.error();
  }
  if (parts.passes != nullptr) {
    tell_unkept(parts.passes->close());
  }
  if (const auto written = write_junit(session, parts.junit, display.duration_us()); !written) {
    return written.error();
  }
  const int code = parts.output.exit_code();
  if (outcome->interrupted) {
    if (code != 0) {
      parts.console.print(ctest_failure(session.tree, session.options));
    }
    return static_cast<int>(ExitCode::interrupted);
  }
  const bool left = display.left_tests() && session.options.agreement != CTestAgreement::strict;
  const bool whole = outcome->is_whole(request.tests.size()) && !left;
  if (whole) {
    parts.files.remove_checkpoint();
  }
  return conclude(session, parts.console, parts.output,
                  code == 0 && !whole ? static_cast<int>(ExitCode::incomplete) : code);
}

void tell(const CTestSession& session, CTestConsole& console, const CTestOutput& output)
{
  switch (session.options.mode) {
  case CTestMode::list:
    console.print(output.listing());
    return;
  case CTestMode::print_labels:
    console.print(output.labels());
    return;
  case CTestMode::list_as_json: // and nothing else, but for what the file of -O has
    if (!session.options.output_log.empty()) {
      console.print(output.missing_programs());
    }
    fmt::print("{}", ctest_json({session.tests, session.backtraces, session.property_texts,
                                 session.selection, session.options.configuration,
                                 [&](const TestDescription& test) {
                                   return session.programs->program_of(test);
                                 }}));
    std::fflush(stdout);
    return;
  default:
    console.print(output.ended({}));
  }
}

/// Without a test to run, ctest leaves files all the same; a listing begins the log anew, which
/// loses that of the last run unless somebody insists.
Result<int> run_nothing(const CTestSession& session, CTestConsole& console,
                        const CTestOutput& output, const CTestJunit& junit)
{
  const bool lists = only_tells(session.options.mode);
  tell(session, console, output);
  if (!lists || session.options.agreement == CTestAgreement::strict) {
    Result<CTestFiles> files =
        CTestFiles::open(session.tree, session.tests, session.selection, session.options);
    if (!files) {
      return files.error();
    }
    if (!lists) {
      files->remove_checkpoint();
    }
    if (const auto closed = lists ? files->close_log() : files->close(); !closed) {
      return closed.error();
    }
  }
  if (const auto written = write_junit(session, junit, 0); !written) {
    return written.error();
  }
  if (lists) {
    return run_post_test_commands(session, console) ? 0 : failed(session, console);
  }
  return conclude(session, console, output, output.exit_code());
}

/// The options with those of the preset, whose variables are from now on this process's. An exit
/// code where nothing is left to do.
Result<std::optional<int>> take_preset(CTestOptions& options,
                                       std::span<const std::string> arguments)
{
  const CTestPreset preset =
      resolve_ctest_preset(options, arguments, fs::current_path().string(), own_environment());
  CTestConsole().print(preset.printed);
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

/// Lists or runs the tests of a tree; the exit code.
Result<int> test_tree(const CTestOptions& options)
{
  set_environment(options);
  Result<CTestConsole> console = CTestConsole::open(options);
  if (!console) {
    return console.error();
  }
  Result<CTestSession> session = open_ctest_session(options, *console);
  if (!session) {
    return session.error();
  }
  console->print(ctest_opening(session->tree, options));
  if (!run_custom_commands(session->custom.before_tests, "pre-test", session->tree, options,
                           *console)) {
    return failed(*session, *console);
  }
  if (const Result<void> listed = list_tests(*session, *console); listed.has_error()) {
    return listed.error().kind == ErrorKind::step
               ? failed_to_list(*session, *console) // it was said why
               : Result<int>(listed.error());
  }
  CTestOutput output(session->living_tree(), session->tests, session->selection, options);
  CTestJunit junit(options.agreement, output_limits(*session));
  console->print(output.head());
  std::optional<JobServer> job_server = join_job_server(options, *console);
  if (only_tells(options.mode) || session->selection.tests.empty()) {
    return run_nothing(*session, *console, output, junit);
  }
  const RunRequest request =
      ctest_request(*session, job_server ? TestLimit::job_server : TestLimit::cpus);
  if (const auto checked = check_generated_resources(request); !checked) {
    return checked.error();
  }
  Result<CTestFiles> files =
      CTestFiles::open(session->tree, session->tests, session->selection, options);
  if (!files) {
    return files.error();
  }
  if (session->passes) {
    tell_unkept(session->passes->begin(session->selection));
  }
  return run_selected(*session, request, {*console, output, *files, junit, session->passes.get()},
                      std::move(job_server));
}

} // namespace

Result<int> run_ctest(std::span<const std::string> arguments)
{
  Result<CTestOptions> options = parse_ctest_options(arguments, own_environment());
  if (!options) {
    return options.error();
  }
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
  adapt_to_terminal(*options);
  return test_tree(*options);
}

} // namespace winnow::client
