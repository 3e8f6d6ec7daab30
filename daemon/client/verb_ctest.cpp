// Runs a build tree's tests through the daemon, as ctest shows them.
#include "daemon/client/verb_ctest.hpp"

#include "analyzer/ingest/build_tree.hpp"
#include "analyzer/ingest/ctest_files.hpp"
#include "daemon/client/ctest_files.hpp"
#include "daemon/client/ctest_options.hpp"
#include "daemon/client/ctest_output.hpp"
#include "daemon/client/run_follower.hpp"
#include "daemon/client/run_options.hpp"
#include "daemon/client/user_daemon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>
#include <vector>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

void print(const Printed& printed)
{
  fmt::print("{}", printed.out);
  std::fflush(stdout);
  fmt::print(stderr, "{}", printed.err);
}

/// TimeOut of DartConfiguration.tcl, which only include(CTest) writes.
double default_timeout_s(const std::string& build_dir)
{
  CTestTree standard;
  std::ifstream file(build_dir + "/DartConfiguration.tcl");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("TimeOut:")) {
      const double seconds = std::strtod(line.c_str() + line.find(':') + 1, nullptr);
      return seconds > 0 ? seconds : standard.default_timeout_s;
    }
  }
  return standard.default_timeout_s;
}

/// Passes what happens on to the lines and to the files.
class CTestDisplay : public RunDisplay {
 public:
  CTestDisplay(CTestOutput& output, CTestFiles& files, CTestVerbosity verbosity)
      : output_(output), files_(files), verbosity_(verbosity)
  {}

  void test_started(const TestStarted& event) override { print(output_.started(event)); }

  void test_finished(const TestResult& result, const OutputOfTest& output) override
  {
    const Result<std::string> text = output();
    const std::string shown = text ? *text : "winnow: " + text.error().message + "\n";
    if (verbosity_ == CTestVerbosity::verbose) {
      print(output_.piece(result.index, shown));
    }
    print(output_.finished({result}, shown));
    files_.finished(result, shown);
  }

  void run_finished(const RunFinished& event) override { print(output_.ended(event)); }

 private:
  CTestOutput& output_;
  CTestFiles& files_;
  CTestVerbosity verbosity_;
};

/// Everything the parts of `winnow ctest` need to know.
struct Session {
  CTestOptions options;
  CTestTree tree;
  std::vector<TestDescription> tests;
  CTestSelection selection;
};

Result<Session> open_session(std::span<const std::string> arguments)
{
  Session session;
  Result<CTestOptions> options = parse_ctest_options(arguments, own_environment());
  if (!options) {
    return options.error();
  }
  session.options = std::move(*options);
  std::error_code error;
  const fs::path directory = session.options.test_dir.empty() ? "." : session.options.test_dir;
  session.tree.build_dir = fs::canonical(directory, error).string();
  if (error) {
    return user_error("there is no directory " + directory.string() + " to test");
  }
  session.tree.entered = session.tree.build_dir != fs::current_path().string();
  session.tree.default_timeout_s = default_timeout_s(session.tree.build_dir);
  Result<ingest::TestListing> listing = ingest::read_ctest_files(
      {session.tree.build_dir, session.tree.build_dir}, session.options.configuration);
  if (!listing) {
    return listing.error();
  }
  session.tests = std::move(listing->tests);
  Result<CTestSelection> selection = select_tests(session.tests, session.options.filters);
  if (!selection) {
    return selection.error();
  }
  session.selection = std::move(*selection);
  return session;
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
  }
  const auto count =
      static_cast<std::uint32_t>(std::max<std::size_t>(session.selection.tests.size(), 1));
  const std::uint32_t jobs =
      options.jobs.value_or(std::max(std::thread::hardware_concurrency(), 2U));
  request.jobs = jobs == 0 ? count : jobs;
  request.timeout_s = options.timeout_s.value_or(session.tree.default_timeout_s);
  request.fail_fast = options.stop_on_failure;
  request.dialect = Dialect::ctest;
  request.surroundings = own_surroundings();
  for (const NumberedTest& numbered : session.selection.tests) {
    request.tests.push_back({session.tests[numbered.test], 0});
  }
  return request;
}

Result<int> run_selected(const Session& session, CTestOutput& output)
{
  Result<CTestFiles> files =
      CTestFiles::open(session.tree.build_dir, session.tests, session.selection);
  if (!files) {
    return files.error();
  }
  const auto access = chosen_daemon(DaemonChoice::shared);
  if (!access) {
    return access.error();
  }
  CTestDisplay display(output, *files, session.options.verbosity);
  const Result<RunOutcome> outcome = run_and_follow(**access, request_of(session), display);
  if (!outcome) {
    return outcome.error();
  }
  if (const Result<void> closed = files->close(); !closed) {
    return closed.error();
  }
  if (!session.options.junit_file.empty()) {
    const fs::path junit = fs::path(session.tree.build_dir) / session.options.junit_file;
    const auto saved =
        save_from_daemon(**access, "/v1/runs/" + outcome->run_id + "/junit", junit.string());
    if (!saved) {
      return saved.error();
    }
  }
  return outcome->interrupted ? static_cast<int>(ExitCode::interrupted) : output.exit_code();
}

} // namespace

Result<int> run_ctest(std::span<const std::string> arguments)
{
  const Result<Session> session = open_session(arguments);
  if (!session) {
    return session.error();
  }
  CTestOutput output(session->tree, session->tests, session->selection, session->options);
  print(output.head());
  if (session->options.mode == CTestMode::list) {
    print(output.listing());
    return 0;
  }
  if (session->selection.tests.empty()) {
    print(output.ended({}));
    return output.exit_code();
  }
  return run_selected(*session, output);
}

} // namespace winnow::client
