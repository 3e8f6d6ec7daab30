// winnow logs: the output of a test in the newest run that has it, while it runs or afterwards.
#include "analyzer/report/run_json.hpp"
#include "daemon/client/terminal_text.hpp"
#include "daemon/client/user_daemon.hpp"
#include "daemon/client/verb.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <unistd.h>

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace winnow::client {
namespace {

struct Options {
  std::string test;
  std::string run;
  bool follow = false;
};

/// The one test that is meant, if it has what is asked for. A test in several chunks is there
/// several times: the one that runs says most, then one that has finished.
Result<std::optional<std::uint32_t>> choice_of(const std::vector<TestInRun>& tests,
                                               const Options& options)
{
  std::set<std::string> names;
  std::map<TestState, std::uint32_t> newest; // by state
  for (const TestInRun& test : tests) {
    names.insert(test.key.display());
    newest[test.state] = test.index;
  }
  if (names.size() > 1) {
    return user_error(fmt::format("several tests are called {}: {}; name one", options.test,
                                  fmt::join(names, ", ")));
  }
  std::vector<TestState> wanted{TestState::running, TestState::finished};
  if (options.follow) {
    wanted.push_back(TestState::waiting);
  }
  for (const TestState state : wanted) {
    if (newest.contains(state)) {
      return std::optional(newest.at(state));
    }
  }
  return std::optional<std::uint32_t>();
}

/// The test of that name in the run which has output, or, when it is followed, will have.
Result<std::optional<std::uint32_t>> find_test(DaemonConnection& connection, const std::string& run,
                                               const Options& options)
{
  const Result<std::string> body =
      connection.get("/v1/runs/" + run + "/tests?name=" +
                     boost::urls::encode(options.test, boost::urls::unreserved_chars));
  if (!body) {
    return body.error();
  }
  const Result<std::vector<TestInRun>> tests = report::tests_in_run_from_json(*body);
  if (!tests) {
    return tests.error();
  }
  return choice_of(*tests, options);
}

/// Control characters do nothing on a terminal; a character of several bytes may be in two pieces,
/// which are shown in turn.
Result<ExitCode> show(DaemonConnection& connection, const std::string& run, std::uint32_t index,
                      bool follow)
{
  const std::string target = "/v1/runs/" + run + "/tests/" + std::to_string(index) + "/output" +
                             (follow ? "?follow=true" : "");
  if (const Result<void> begun = connection.follow(target); !begun) {
    return begun.error();
  }
  const bool on_terminal = ::isatty(1) != 0;
  while (true) {
    const Result<std::string> piece = connection.next_piece();
    if (!piece) {
      return piece.error();
    }
    if (piece->empty()) {
      return ExitCode::passed;
    }
    fmt::print("{}", on_terminal ? escape_controls(*piece) : *piece);
    std::fflush(stdout);
  }
}

Result<ExitCode> carry_out(const Options& options)
{
  Result<DaemonConnection> connection =
      DaemonConnection::open(*user_daemon(StartDaemon::when_needed));
  if (!connection) {
    return connection.error();
  }
  const Result<std::string> body = connection->get("/v1/runs");
  if (!body) {
    return body.error();
  }
  const Result<std::vector<RunSummary>> runs = report::run_summaries_from_json(*body);
  if (!runs) {
    return runs.error();
  }
  for (const RunSummary& run : *runs) {
    if (!options.run.empty() && run.run_id != options.run) {
      continue;
    }
    const auto index = find_test(*connection, run.run_id, options);
    if (!index) {
      return index.error();
    }
    if (*index) {
      return show(*connection, run.run_id, **index, options.follow);
    }
  }
  return user_error("no kept run has " +
                    std::string(options.follow ? "a test " : "started a test ") + options.test +
                    "; `winnow status` lists the runs");
}

} // namespace

void add_logs(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("logs", "The output of a test in the newest run that has it");
  verb->add_option("TEST", options->test, "Its name, or directory/name")->required();
  verb->add_option("--run", options->run, "The run meant")->type_name("RUN");
  verb->add_flag("-f,--follow", options->follow, "Wait for it to start, and go on until it ends");
  verb->callback(
      [options, &invocation] { invocation.action = [options] { return carry_out(*options); }; });
}

} // namespace winnow::client
