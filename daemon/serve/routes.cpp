// Answers requests from the run service and the store.
#include "daemon/serve/routes.hpp"

#include "analyzer/model/daemon_place.hpp"
#include "analyzer/model/exit_code.hpp"
#include "analyzer/report/resource_use_json.hpp"
#include "analyzer/report/run_json.hpp"
#include "daemon/serve/junit_stream.hpp"
#include "daemon/serve/output_stream.hpp"
#include "daemon/serve/recorded_events.hpp"
#include "daemon/serve/route_response.hpp"
#include "daemon/serve/run.hpp"
#include "daemon/serve/run_event_stream.hpp"
#include "daemon/serve/run_record.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "version.hpp"

namespace winnow::serve {
namespace {

constexpr std::size_t runs_listed = 50;

RouteResponse not_found(const std::string& what)
{
  return text(404, "the daemon knows no " + what);
}

RouteResponse unknown_run(const std::string& run_id)
{
  return text(404, "there is no run " + run_id + "; `winnow status` lists them");
}

RouteResponse streamed(std::shared_ptr<BodyStream> stream, std::string content_type)
{
  RouteResponse response;
  response.stream = std::move(stream);
  response.content_type = std::move(content_type);
  return response;
}

/// A piece of a run's log, without its first `skipped` bytes.
RouteResponse logged(const std::string& path, const store::OutputPlace& place,
                     std::uint64_t skipped)
{
  skipped = std::min(skipped, place.length);
  return document(output_bytes(path, place.offset + skipped, place.length - skipped),
                  "application/octet-stream");
}

} // namespace

std::string Routes::Call::parameter(const std::string& name) const
{
  const auto found = query.find(name);
  return found == query.end() ? "" : found->second;
}

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
  Call call{std::move(request.method), {}, {}, std::move(request.body)};
  for (const std::string segment : url->segments()) {
    call.path.push_back(segment);
  }
  for (const auto& parameter : url->params()) {
    call.query.emplace(parameter.key, parameter.value);
  }
  if (call.path.size() < 2 || call.path[0] != "v1") {
    return not_found("route " + request.target);
  }
  call.path.erase(call.path.begin());
  if (call.path[0] == "runs") {
    return call.path.size() == 1 ? runs(call) : of_run(call);
  }
  if (call.path == std::vector<std::string>{"status"}) {
    return status(call);
  }
  if (call.path == std::vector<std::string>{"history", "attempts"}) {
    return attempts(call);
  }
  const std::string& part = call.path[0];
  if (call.path.size() == 1 && (part == "history" || part == "greens" || part == "flaky")) {
    return of_project(call);
  }
  return not_found("route " + request.target);
}

void Routes::lease_ended(const std::string& run_id)
{
  service_.end_pacing(run_id);
  service_.cancel(run_id, WhatRuns::is_killed);
}

RouteResponse Routes::status(const Call& call)
{
  if (call.method == "DELETE") {
    RouteResponse response = text(service_.living_count() == 0 ? 200 : 202, "leaving");
    response.asks_to_leave = true;
    return response;
  }
  if (call.method != "GET") {
    return wrong_method(call.method, "GET and DELETE");
  }
  return document(
      fmt::format(R"({{"version":"{}","protocol":{},"pid":{},"living_runs":{},"use":{}}})",
                  WINNOW_VERSION, protocol_version, ::getpid(), service_.living_count(),
                  report::resource_use_to_json(service_.use())));
}

RouteResponse Routes::runs(Call& call)
{
  if (call.method == "POST") {
    return submit(std::move(call.body));
  }
  return call.method == "GET" ? list_runs() : wrong_method(call.method, "GET and POST");
}

RouteResponse Routes::submit(std::string body)
{
  Result<RunRequest> request = report::run_request_from_json(std::move(body));
  if (!request) {
    return refusal(request.error());
  }
  const bool leased = request->lease == Lease::ends_with_client;
  const Result<std::string> id = service_.submit(std::move(*request));
  if (!id) {
    return refusal(id.error());
  }
  // Without what a summary tells of the run's course: that takes time, and nothing has started.
  RouteResponse response = document(report::run_summary_to_json(service_.find(*id)->summary()));
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
    run = service_.summary(run.run_id).value_or(run);
  }
  return document(report::run_summaries_to_json(*runs));
}

RouteResponse Routes::of_run(const Call& call)
{
  const std::string& id = call.path[1];
  const std::string part = call.path.size() > 2 ? call.path[2] : "";
  if (call.path.size() == 2 && call.method == "DELETE") {
    return cancel(id,
                  call.parameter("running") == "finish" ? WhatRuns::finishes : WhatRuns::is_killed);
  }
  if (call.path.size() == 3 && part == "tested") {
    return call.method == "PUT" ? tested(id, call.body) : wrong_method(call.method, "PUT");
  }
  if (call.path.size() == 3 && part == "starts") {
    return call.method == "POST" ? permit_start(id) : wrong_method(call.method, "POST");
  }
  if (call.method != "GET") {
    return wrong_method(call.method, call.path.size() == 2 ? "GET and DELETE" : "GET");
  }
  if (call.path.size() == 2) {
    return summary(id);
  }
  if (call.path.size() == 5 && part == "tests" && call.path[4] == "output") {
    return output(call);
  }
  if (call.path.size() != 3) {
    return not_found("such part of run " + id);
  }
  if (part == "tests") {
    return tests_called(id, call.parameter("name"));
  }
  const auto living = service_.find(id);
  return living && part == "events" ? streamed(run_event_stream(living), "application/jsonl")
                                    : recorded(id, part);
}

/// As the daemon or, for older runs, the store has it; nothing if neither knows the run.
Result<std::optional<RunSummary>> Routes::find_summary(const std::string& run_id)
{
  std::optional<RunSummary> known = service_.summary(run_id);
  return known ? Result<std::optional<RunSummary>>(std::move(known)) : store_.run(run_id);
}

RouteResponse Routes::cancel(const std::string& run_id, WhatRuns what_runs)
{
  const auto run = find_summary(run_id);
  if (run && *run && (**run).state != "running") {
    return text(409, fmt::format("run {} has ended already", run_id));
  }
  if (run && *run && !service_.find(run_id)) {
    return text(409,
                fmt::format("run {} is executed by a process of its own: interrupt the `winnow "
                            "… --no-daemon` that it belongs to",
                            run_id));
  }
  service_.cancel(run_id, what_runs);
  return summary(run_id);
}

/// The client finds out while the tests run.
RouteResponse Routes::tested(const std::string& run_id, const std::string& body)
{
  const Result<TestedState> state = report::tested_state_from_json(body);
  if (!state) {
    return refusal(state.error());
  }
  const auto run = store_.run(run_id);
  if (run && !*run) {
    return unknown_run(run_id);
  }
  const Result<void> told = run ? store_.set_tested(run_id, *state) : Result<void>(run.error());
  return told ? summary(run_id) : refusal(told.error());
}

RouteResponse Routes::summary(const std::string& run_id)
{
  const auto run = find_summary(run_id);
  if (!run) {
    return refusal(run.error());
  }
  return *run ? document(report::run_summary_to_json(**run)) : unknown_run(run_id);
}

/// What the store has of the run now.
RouteResponse Routes::recorded(const std::string& run_id, const std::string& part)
{
  const auto run = find_summary(run_id);
  Result<std::vector<store::StoredResult>> results = store_.results(run_id);
  if (!run || !results) {
    return refusal(!run ? run.error() : results.error());
  }
  if (!*run) {
    return unknown_run(run_id);
  }
  RunRecord record{**run, std::move(*results), store_.output_path(run_id), service_.ended(run_id)};
  if (part == "events") {
    return streamed(recorded_event_stream(std::move(record)), "application/jsonl");
  }
  if (part == "junit") {
    return streamed(junit_stream(std::move(record)), "application/xml");
  }
  if (part == "results") {
    return document(results_document(record));
  }
  return not_found("such part of run " + run_id);
}

RouteResponse Routes::tests_called(const std::string& run_id, const std::string& name)
{
  if (const auto living = service_.find(run_id)) {
    return document(report::tests_in_run_to_json(living->tests_called(name)));
  }
  const auto run = store_.run(run_id);
  Result<std::vector<store::StoredResult>> results = store_.results(run_id);
  if (!run || !results) {
    return refusal(!run ? run.error() : results.error());
  }
  if (!*run) {
    return unknown_run(run_id);
  }
  const RunRecord record{**run, std::move(*results), "", nullptr};
  return document(report::tests_in_run_to_json(serve::tests_called(record, name)));
}

RouteResponse Routes::output(const Call& call)
{
  const std::string& id = call.path[1];
  const auto test = number_in<std::uint32_t>(call.path[3]);
  const std::string from_text = call.parameter("from");
  const auto from = number_in<std::uint64_t>(from_text.empty() ? "0" : from_text);
  const std::string attempt_text = call.parameter("attempt");
  const auto attempt = number_in<std::uint32_t>(attempt_text);
  if (!test || !from || (!attempt && !attempt_text.empty())) {
    return text(400, "tests, attempts and offsets are whole numbers");
  }
  if (attempt) { // one that is over
    return kept_output(id, *test, *from, attempt);
  }
  const auto living = service_.find(id);
  if (!living || *test >= living->request().tests.size()) {
    return kept_output(id, *test, *from);
  }
  const bool follow = call.parameter("follow") == "true";
  const bool runs = living->output_of(*test) != nullptr;
  const bool waits = living->state_of(*test) == TestState::waiting && !living->ended();
  if (runs || (waits && follow)) {
    const OutputUntil until = follow ? OutputUntil::test_ended : OutputUntil::now;
    return streamed(output_stream(executor_, living, *test, *from, until),
                    "application/octet-stream");
  }
  if (const auto kept = living->kept_output_of(*test)) {
    return logged(store_.output_path(id), {kept->offset, kept->length}, *from);
  }
  return kept_output(id, *test, *from);
}

RouteResponse Routes::kept_output(const std::string& run_id, std::uint32_t test, std::uint64_t from,
                                  std::optional<std::uint32_t> attempt)
{
  const Result<std::optional<store::OutputPlace>> place = store_.output_of(run_id, test, attempt);
  if (!place) {
    return refusal(place.error());
  }
  return *place ? logged(store_.output_path(run_id), **place, from)
                : not_found(fmt::format("output of test {} in run {}", test, run_id));
}

} // namespace winnow::serve
