// winnow logs: the output of a test in the newest run that has it.
#include "analyzer/report/run_json.hpp"
#include "daemon/client/terminal_text.hpp"
#include "daemon/client/user_daemon.hpp"
#include "daemon/client/verb.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <unistd.h>

#include <memory>
#include <optional>
#include <sstream>
#include <string>

namespace winnow::client {
namespace {

struct Options {
  std::string test;
  std::string run;
};

/// The index of the test in the run, if it finished there.
Result<std::optional<std::uint32_t>> find_test(DaemonConnection& connection, const std::string& run,
                                               const std::string& test)
{
  const Result<std::string> body = connection.get("/v1/runs/" + run + "/finished");
  if (!body) {
    return body.error();
  }
  std::istringstream lines(*body);
  std::optional<std::uint32_t> found;
  for (std::string line; std::getline(lines, line);) {
    const Result<RunEvent> event = report::run_event_from_json(line);
    const auto* finished = event ? std::get_if<TestFinished>(&*event) : nullptr;
    if (finished != nullptr &&
        (finished->result.key.name == test || finished->result.key.display() == test)) {
      found = finished->result.index;
    }
  }
  return found;
}

Result<ExitCode> show(DaemonConnection& connection, const std::string& run, std::uint32_t index)
{
  const Result<std::string> output =
      connection.get("/v1/runs/" + run + "/tests/" + std::to_string(index) + "/output");
  if (!output) {
    return output.error();
  }
  fmt::print("{}", ::isatty(1) != 0 ? escape_controls(*output) : *output);
  return ExitCode::passed;
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
    const auto index = find_test(*connection, run.run_id, options.test);
    if (!index) {
      return index.error();
    }
    if (*index) {
      return show(*connection, run.run_id, **index);
    }
  }
  return user_error("no kept run has finished a test " + options.test +
                    "; `winnow status` lists the runs");
}

} // namespace

void add_logs(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("logs", "The output of a test in the newest run that has it");
  verb->add_option("TEST", options->test, "Its name, or directory/name")->required();
  verb->add_option("--run", options->run, "The run meant")->type_name("RUN");
  verb->callback(
      [options, &invocation] { invocation.action = [options] { return carry_out(*options); }; });
}

} // namespace winnow::client
