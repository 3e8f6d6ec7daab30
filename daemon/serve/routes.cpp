// Answers requests from the run service and the store.
#include "daemon/serve/routes.hpp"

#include "analyzer/model/daemon_place.hpp"
#include "analyzer/model/exit_code.hpp"
#include "analyzer/report/history_json.hpp"
#include "analyzer/report/run_json.hpp"
#include "analyzer/report/run_junit.hpp"
#include "daemon/serve/run.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <fmt/format.h>

#include <unistd.h>

#include <charconv>
#include <fstream>
#include <map>

#include "version.hpp"

namespace winnow::serve {
namespace {

constexpr std::size_t runs_listed = 50;
/// Of one output in a JUnit document; CI systems choke on more.
constexpr std::uint64_t junit_output_limit = 256 * 1024;

RouteResponse text(int status, std::string message)
{
  RouteResponse response;
  response.status = status;
  response.content_type = "text/plain";
  response.body = std::move(message);
  return response;
}

RouteResponse refusal(const Error& error)
{
  return text(meaning_of(error.kind).http_status, error.message);
}

RouteResponse not_found(const std::string& what)
{
  return text(404, "the daemon knows no " + what);
}

RouteResponse document(std::string body)
{
  RouteResponse response;
  response.body = std::move(body);
  return response;
}

std::string slice(const std::string& path, std::uint64_t offset, std::uint64_t length)
{
  std::ifstream file(path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(offset));
  std::string bytes(length, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(length));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  return bytes;
}

} // namespace

RouteResponse Routes::answer(RouteRequest request)
{
  if (!request.protocol.empty() && request.protocol != protocol_version) {
    return text(
        426,
        fmt::format("the running daemon is winnow {}, which speaks another protocol; stop it with "
                    "`winnow daemon stop` (it finishes what runs) and try again",
                    WINNOW_VERSION));
  }
  const auto url = boost::urls::parse_origin_form(request.target);
  if (!url) {
    return text(400, "this is no path");
  }
  std::vector<std::string> path;
  for (const std::string segment : url->segments()) {
    path.push_back(segment);
  }
  std::map<std::string, std::string> query;
  for (const auto& parameter : url->params()) {
    query.emplace(parameter.key, parameter.value);
  }
  if (path.size() < 2 || path[0] != "v1") {
    return not_found("route " + request.target);
  }
  if (path[1] == "status" && path.size() == 2 && request.method == "DELETE") {
    RouteResponse response = text(service_.living_count() == 0 ? 200 : 202, "leaving");
    response.asks_to_leave = true;
    return response;
  }
  if (path[1] == "status" && path.size() == 2) {
    return document(fmt::format(R"({{"version":"{}","protocol":{},"pid":{},"living_runs":{}}})",
                                WINNOW_VERSION, protocol_version, ::getpid(),
                                service_.living_count()));
  }
  if (path[1] == "history" && path.size() == 2) {
    return history(query["project"], query["configuration"]);
  }
  if (path[1] == "runs" && path.size() == 2) {
    return request.method == "POST" ? submit(request.body) : list_runs();
  }
  if (path[1] == "runs") {
    return of_run(request.method, path, query["running"] != "finish");
  }
  return not_found("route " + request.target);
}

void Routes::lease_ended(const std::string& run_id)
{
  service_.cancel(run_id, WhatRuns::is_killed);
}

RouteResponse Routes::submit(const std::string& body)
{
  Result<RunRequest> request = report::run_request_from_json(body);
  if (!request) {
    return refusal(request.error());
  }
  const bool leased = request->lease == Lease::ends_with_client;
  const Result<std::string> id = service_.submit(std::move(*request));
  if (!id) {
    return refusal(id.error());
  }
  RouteResponse response = summary(*id);
  response.status = 201;
  if (leased) {
    response.leases_run = *id;
  }
  return response;
}

RouteResponse Routes::list_runs()
{
  Result<std::vector<RunSummary>> runs = store_.runs(runs_listed);
  if (!runs) {
    return refusal(runs.error());
  }
  for (RunSummary& run : *runs) {
    if (const auto living = service_.find(run.run_id)) {
      run = living->summary();
    }
  }
  return document(report::run_summaries_to_json(*runs));
}

RouteResponse Routes::of_run(const std::string& method, const std::vector<std::string>& path,
                             bool kill)
{
  const std::string& id = path[2];
  if (path.size() == 3 && method == "DELETE") {
    service_.cancel(id, kill ? WhatRuns::is_killed : WhatRuns::finishes);
    return summary(id);
  }
  if (path.size() == 3) {
    return summary(id);
  }
  if (path.size() == 4 && path[3] == "events") {
    const auto living = service_.find(id);
    return living ? follow(living) : recorded_events(id);
  }
  if (path.size() == 4 && path[3] == "finished") {
    return recorded_events(id);
  }
  if (path.size() == 4 && path[3] == "junit") {
    return junit(id);
  }
  if (path.size() == 4 && path[3] == "results") {
    return results_of(id);
  }
  if (path.size() == 6 && path[3] == "tests" && path[5] == "output") {
    return output(id, path[4]);
  }
  return not_found("such part of run " + id);
}

Result<RunSummary> Routes::find_summary(const std::string& run_id)
{
  if (const auto living = service_.find(run_id)) {
    return living->summary();
  }
  Result<std::optional<RunSummary>> kept = store_.run(run_id);
  if (!kept) {
    return kept.error();
  }
  if (!*kept) {
    return user_error("there is no run " + run_id + "; `winnow status` lists them");
  }
  return std::move(**kept);
}

RouteResponse Routes::summary(const std::string& run_id)
{
  const Result<RunSummary> run = find_summary(run_id);
  return run ? document(report::run_summary_to_json(*run)) : refusal(run.error());
}

RouteResponse Routes::follow(std::shared_ptr<Run> run)
{
  RouteResponse response;
  response.content_type = "application/jsonl";
  response.events_of = std::move(run);
  return response;
}

/// What the store has of the run's events now, in one piece.
RouteResponse Routes::recorded_events(const std::string& run_id)
{
  RouteResponse response;
  response.content_type = "application/jsonl";
  const Result<RunSummary> run = find_summary(run_id);
  const Result<std::vector<store::StoredResult>> results = store_.results(run_id);
  if (!run || !results) {
    return refusal(!run ? run.error() : results.error());
  }
  response.body = report::run_event_to_json(RunStarted{run_id, run->tests, 1, 1}) + "\n";
  for (const store::StoredResult& stored : *results) {
    response.body += report::run_event_to_json(TestFinished{stored.result}) + "\n";
  }
  const RunEnd end = run->state == "completed" ? RunEnd::completed : RunEnd::cancelled;
  response.body +=
      report::run_event_to_json(RunFinished{end, run->ended_us - run->started_us, 0}) + "\n";
  return response;
}

RouteResponse Routes::output(const std::string& run_id, const std::string& test)
{
  std::uint32_t index = 0;
  const auto parsed = std::from_chars(test.data(), test.data() + test.size(), index);
  const Result<std::vector<store::StoredResult>> results = store_.results(run_id);
  if (!results) {
    return refusal(results.error());
  }
  const store::StoredResult* last = nullptr;
  for (const store::StoredResult& stored : *results) {
    if (parsed.ec == std::errc() && stored.result.index == index) {
      last = &stored;
    }
  }
  if (last == nullptr) {
    return not_found("output of test " + test + " in run " + run_id);
  }
  RouteResponse response =
      document(slice(store_.output_path(run_id), last->output_offset, last->output_length));
  response.content_type = "application/octet-stream";
  return response;
}

RouteResponse Routes::junit(const std::string& run_id)
{
  const Result<RunSummary> run = find_summary(run_id);
  const Result<std::vector<store::StoredResult>> results = store_.results(run_id);
  if (!run || !results) {
    return refusal(!run ? run.error() : results.error());
  }
  std::vector<report::JunitCase> cases;
  for (const store::StoredResult& stored : *results) {
    cases.push_back({stored.result, slice(store_.output_path(run_id), stored.output_offset,
                                          std::min(stored.output_length, junit_output_limit))});
  }
  RouteResponse response = document(report::run_to_junit({run->project, run->started_us}, cases));
  response.content_type = "application/xml";
  return response;
}

RouteResponse Routes::results_of(const std::string& run_id)
{
  const Result<RunSummary> run = find_summary(run_id);
  const Result<std::vector<store::StoredResult>> stored = store_.results(run_id);
  if (!run || !stored) {
    return refusal(!run ? run.error() : stored.error());
  }
  std::vector<TestResult> results;
  for (const store::StoredResult& one : *stored) {
    results.push_back(one.result);
  }
  return document(report::run_results_to_json(*run, results));
}

RouteResponse Routes::history(const std::string& project, const std::string& configuration)
{
  const Result<History> known = store_.history(project, configuration);
  return known ? document(report::history_to_json(*known)) : refusal(known.error());
}

} // namespace winnow::serve
