// Options of runs, and running with them.
#include "daemon/client/run_options.hpp"

#include "analyzer/report/run_json.hpp"
#include "analyzer/report/shadow_report.hpp"
#include "daemon/client/annotation_option.hpp"
#include "daemon/client/ctest_resources.hpp"
#include "daemon/client/job_server.hpp"
#include "daemon/client/memory_option.hpp"
#include "daemon/client/number_option.hpp"
#include "daemon/client/progress.hpp"
#include "daemon/client/run_files.hpp"
#include "daemon/client/run_follower.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>
#include <sys/stat.h>

#include <unistd.h>

#include <filesystem>

namespace winnow::client {
namespace {

/// --format jsonl: the events as they come.
class EventLines : public RunDisplay {
 public:
  void event_line(const std::string& line) override
  {
    fmt::print("{}\n", line);
    std::fflush(stdout);
  }

  void test_finished(const TestResult&, const OutputOfTest&) override {}
};

ExitCode exit_code_of(const RunOutcome& outcome, std::size_t tests)
{
  if (outcome.interrupted) {
    return ExitCode::interrupted;
  }
  if (outcome.failed > 0) {
    return ExitCode::test_failed;
  }
  return outcome.is_whole(tests) ? ExitCode::passed : ExitCode::incomplete;
}

/// What of the options is for somebody who waits for the run, "" if nothing is.
std::string_view needs_waiting(const RunOptions& options, const BesideRun& beside)
{
  if (beside.shadow != nullptr) {
    return "--shadow";
  }
  if (meant_daemon(options.daemon) == DaemonChoice::embedded) {
    return "--no-daemon (or WINNOW_DAEMON=0)";
  }
  if (!options.junit.empty()) {
    return "--junit";
  }
  if (!options.results.empty()) {
    return "--results";
  }
  if (!options.annotations.empty()) {
    return "--annotations";
  }
  return options.format == "text" ? "" : "--format";
}

Result<ExitCode> run_detached(RunRequest request, const RunOptions& options,
                              const BesideRun& beside)
{
  if (const std::string_view other = needs_waiting(options, beside); !other.empty()) {
    return user_error(fmt::format(
        "--detach leaves the run to the daemon, and {} needs this process to wait for it; use one "
        "of the two",
        other));
  }
  request.lease = Lease::detached;
  if (beside.state != nullptr) {
    request.tested = beside.state->result();
  }
  Result<DaemonConnection> connection =
      DaemonConnection::open(*user_daemon(StartDaemon::when_needed));
  if (!connection) {
    return connection.error();
  }
  const Result<std::string> id = submit_run(*connection, request);
  if (!id) {
    return id.error();
  }
  fmt::print("{}\n", *id);
  return ExitCode::passed;
}

/// Without it the run's passes do not count as green, which is no reason to fail.
void tell_state(DaemonAccess& access, const std::string& run_id, StateWatch& watch)
{
  const std::optional<TestedState> state = watch.result();
  if (!state) {
    return;
  }
  Result<DaemonConnection> connection = DaemonConnection::open(access);
  const Result<Reply> reply = connection
                                  ? connection->request("PUT", "/v1/runs/" + run_id + "/tested",
                                                        report::tested_state_to_json(*state))
                                  : Result<Reply>(connection.error());
  if (!reply || !reply->is_good()) {
    fmt::print(stderr, "winnow: these passes do not count for --since-last-green: {}\n",
               reply ? error_of(*reply).message : reply.error().message);
  }
}

std::optional<JobServer> join_job_server()
{
  Result<std::optional<JobServer>> found = own_job_server();
  if (!found) {
    fmt::print(stderr, "{}", job_server_warning(found.error()));
    return std::nullopt;
  }
  return std::move(*found);
}

void say_shadow(const ShadowReport& shadow, const RunOptions& options)
{
  fmt::print("{}", options.format == "text" ? report::shadow_to_text(shadow)
                                            : report::shadow_to_json(shadow) + "\n");
}

} // namespace

void add_run_options(CLI::App& verb, RunOptions& options)
{
  verb.add_option("-j,--parallel", options.jobs, "How many cpus the tests may use")->type_name("N");
  add_memory_option(verb, options.memory, "How much memory the tests may use at once");
  verb.add_option("--resource-spec-file", options.resource_spec_file,
                  "What there is for RESOURCE_GROUPS, as ctest has it")
      ->type_name("FILE");
  verb.add_option("--timeout", options.timeout_s, "For tests that state none")
      ->type_name("SECONDS");
  verb.add_option("--junit", options.junit, "Write a JUnit document")->type_name("FILE");
  verb.add_option("--results", options.results, "Write the results as JSON")->type_name("FILE");
  verb.add_option("--format", options.format, "How the run is shown")
      ->check(CLI::IsMember({"text", "jsonl"}));
  add_annotation_option(verb, options.annotations);
  add_repeat_options(verb, options.repeat);
  CLI::Option* max_fail =
      verb.add_option("--max-fail", options.max_failures,
                      "Start nothing more once so many tests have failed for good")
          ->type_name("N")
          ->check(whole_number_from(1));
  verb.add_flag_callback(
          "--fail-fast", [&options] { options.max_failures = 1; }, "The same as --max-fail 1")
      ->excludes(max_fail);
  verb.add_option("--test-load", options.load_limit,
                  "Start no test that may take the load of the machine above this; 0 is no limit")
      ->type_name("LOAD")
      ->check(whole_number_from(0));
  verb.add_flag("--detach", options.detach, "Print the run's id and leave it to the daemon");
  verb.add_flag("--dry-run", options.dry_run,
                "Only say which tests would run, and how long that takes");
  verb.add_flag_callback(
      "--no-daemon", [&options] { options.daemon = DaemonChoice::embedded; },
      "Run everything inside this process");
}

void add_filter_options(CLI::App& verb, TestFilters& filters)
{
  verb.add_option("TEST", filters.names, "Names, or directory/name");
  verb.add_option("-R,--tests-regex", filters.include, "Only tests whose name matches")
      ->allow_extra_args(false);
  verb.add_option("-E,--exclude-regex", filters.exclude, "No test whose name matches")
      ->allow_extra_args(false);
  verb.add_option("-L,--label-regex", filters.label_include, "Only tests with a matching label")
      ->allow_extra_args(false);
  verb.add_option("--LE,--label-exclude", filters.label_exclude, "No test with a matching label")
      ->allow_extra_args(false);
}

Result<RunRequest> request_for(const ingest::BuildTree& tree, const RunOptions& options)
{
  RunRequest request;
  // Worktrees of one project share history and locks: its name stands for it.
  request.project = tree.project;
  request.configuration = tree.measured_as;
  request.build_dir = tree.roots.build;
  request.jobs = options.jobs;
  request.timeout_s = options.timeout_s;
  request.repeat = repeat_from(options.repeat);
  request.max_failures = options.max_failures;
  if (options.load_limit != 0U) {
    request.load_limit = options.load_limit;
  }
  if (options.memory) {
    request.memory_limit_bytes = options.memory->of(machine_of_daemon().memory_bytes);
  }
  if (!options.resource_spec_file.empty()) {
    // Relative to where the command is given, unlike that of ctest.
    const std::string file = std::filesystem::absolute(options.resource_spec_file).string();
    Result<std::optional<ResourceSpec>> spec = resources_there_are(file, "", tree.roots.build);
    if (!spec) {
      return spec.error();
    }
    request.resource_spec = std::move(*spec);
  }
  request.surroundings = own_surroundings();
  return request;
}

Result<ExitCode> carry_out_run(const RunRequest& request, const RunOptions& options,
                               const BesideRun& beside)
{
  if (!options.annotations.empty() && options.format != "text") {
    return user_error(fmt::format("--annotations and --format {} both want standard output; "
                                  "`winnow merge --annotations` takes the results afterwards",
                                  options.format));
  }
  if (request.tests.empty()) {
    fmt::print("no test to run: that is a pass\n");
    Result<void> written = write_empty_results(request, options.results, beside.planned);
    if (written) {
      written = write_annotations(options.annotations, {}); // in place of an earlier run's
    }
    return written ? Result<ExitCode>(ExitCode::passed) : Result<ExitCode>(written.error());
  }
  if (options.detach) {
    return run_detached(request, options, beside);
  }
  const auto access = chosen_daemon(options.daemon);
  if (!access) {
    return access.error();
  }
  EventLines lines;
  const bool shown = options.format == "text";
  const bool terminal = shown && ::isatty(1) != 0;
  Progress progress(request, terminal ? Screen::terminal : Screen::lines, stdout, beside.detail);
  RunDisplay& display = shown ? static_cast<RunDisplay&>(progress) : lines;
  const Result<RunOutcome> outcome = run_and_follow(**access, request, display, join_job_server());
  if (!outcome) {
    return outcome.error();
  }
  KnownOfRun known{std::nullopt, beside.planned};
  if (beside.shadow != nullptr) {
    known.shadow = beside.shadow->report(*outcome);
    say_shadow(*known.shadow, options);
  }
  if (beside.state != nullptr) {
    tell_state(**access, outcome->run_id, *beside.state);
  }
  const Result<void> written = write_run_files(
      **access, outcome->run_id, {options.junit, options.results, options.annotations}, known);
  if (!written) {
    return written.error();
  }
  return exit_code_of(*outcome, request.tests.size());
}

Surroundings own_surroundings()
{
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return {own_environment(), std::filesystem::current_path().string(), mask};
}

} // namespace winnow::client
