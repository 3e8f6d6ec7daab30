// winnow status: the runs of this user, living and past.
#include "analyzer/report/quantity_text.hpp"
#include "analyzer/report/resource_use_json.hpp"
#include "analyzer/report/run_json.hpp"
#include "analyzer/report/wait_report.hpp"
#include "daemon/client/terminal_text.hpp"
#include "daemon/client/user_daemon.hpp"
#include "daemon/client/verb.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <memory>
#include <string>
#include <string_view>

namespace winnow::client {
namespace {

std::string_view word_for(ChunkState state)
{
  switch (state) {
  case ChunkState::waiting:
    return "waiting";
  case ChunkState::running:
    return "running";
  case ChunkState::passed:
    return "passed";
  case ChunkState::failed:
    return "failed";
  }
  return "?";
}

void print(const ChunkSummary& chunk)
{
  fmt::print("    {}  {:<7}  {}/{} done, {} failed\n", escape_controls(chunk.name),
             word_for(chunk.state), chunk.finished, chunk.tests, chunk.failed);
}

void print(const RunSummary& run)
{
  fmt::print("{}  {:<9}  {}/{} done, {} failed  {}  {}\n", run.run_id, run.state, run.finished,
             run.tests, run.failed, escape_controls(run.project), escape_controls(run.build_dir));
  for (const ChunkSummary& chunk : run.chunks) {
    // Those without tests are chunks of the plan that this run was not to take.
    if (run.chunks.size() > 1 && chunk.tests > 0) {
      print(chunk);
    }
  }
  for (const std::string& test : run.running) {
    fmt::print("    runs now: {}\n", escape_controls(test));
  }
  if (const std::string waiting = report::waiting_text(run.waiting); !waiting.empty()) {
    fmt::print("    waits: {}\n", escape_controls(waiting));
  }
  if (run.remaining_us) {
    fmt::print("    ends in about {}\n",
               report::seconds_text(static_cast<double>(*run.remaining_us) / 1e6));
  }
}

std::string project_text(const std::string& project)
{
  return project.empty() ? "of the machine" : "in " + escape_controls(project);
}

void print(const PressureState& pressure)
{
  if (pressure.of != Shortage::none) {
    fmt::print("{} is short, since {}: nothing starts beside what runs\n", name_of(pressure.of),
               report::seconds_text(static_cast<double>(pressure.for_us) / 1e6));
  }
  if (pressure.tests_ended + pressure.tests_killed > 0) {
    fmt::print("memory ran out: {} ended by winnow, {} killed by the kernel since the daemon "
               "started\n",
               report::count_text(pressure.tests_ended, "test"), pressure.tests_killed);
  }
}

void print(const ResourceUse& use)
{
  fmt::print("cpu: {:.2f} of {:.0f} in use, by tests that wait {:.2f}\n",
             static_cast<double>(use.cpu_milli) / 1000,
             static_cast<double>(use.cpu_capacity_milli) / 1000,
             static_cast<double>(use.waiting_milli) / 1000);
  if (use.memory_capacity_bytes != 0) {
    const std::string free =
        use.memory_free_bytes
            ? fmt::format(", {} free on the machine", report::bytes_text(*use.memory_free_bytes))
            : "";
    fmt::print("memory: {} of {} in use{}\n", report::bytes_text(use.memory_bytes),
               report::bytes_text(use.memory_capacity_bytes), free);
  }
  print(use.pressure);
  for (const CountedUse& resource : use.resources) {
    fmt::print("{}: {} of {} in use, {}\n", escape_controls(resource.name), resource.used,
               resource.capacity, project_text(resource.project));
  }
  for (const HeldLock& lock : use.locks) {
    fmt::print("lock {}: held, {}\n", escape_controls(lock.name), project_text(lock.project));
  }
}

Result<ExitCode> carry_out(const std::string& format)
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
  const Result<std::string> status = connection->get("/v1/status");
  if (!status) {
    return status.error();
  }
  if (format == "json") {
    fmt::print("{},\"status\":{}}}\n", std::string_view(*body).substr(0, body->rfind('}')),
               *status);
    return ExitCode::passed;
  }
  const Result<std::vector<RunSummary>> runs = report::run_summaries_from_json(*body);
  if (!runs) {
    return runs.error();
  }
  for (const RunSummary& run : *runs) {
    print(run);
  }
  const Result<ResourceUse> use = report::resource_use_from_status(*status);
  if (!use) {
    return use.error();
  }
  print(*use);
  return ExitCode::passed;
}

} // namespace

void add_status(CLI::App& app, Invocation& invocation)
{
  auto format = std::make_shared<std::string>("text");
  CLI::App* verb =
      app.add_subcommand("status", "The newest runs, what runs now, and what is in use");
  verb->add_option("--format", *format)->check(CLI::IsMember({"text", "json"}));
  verb->callback(
      [format, &invocation] { invocation.action = [format] { return carry_out(*format); }; });
}

} // namespace winnow::client
