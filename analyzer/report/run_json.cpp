// Runs as JSON, from the lists of fields.
#include "analyzer/report/run_json.hpp"

#include "analyzer/report/path_text.hpp"
#include "analyzer/report/run_fields.hpp"
#include "analyzer/report/test_key_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

namespace winnow::report {
namespace {

namespace json = boost::json;

constexpr int document_version = 1;
/// Parallel to the alternatives of RunEvent.
constexpr std::array<std::string_view, std::variant_size_v<RunEvent>> event_names{
    "run started",  "test started",  "test finished", "chunk finished",
    "run finished", "store trouble", "start wanted"};

json::object document(std::string_view kind)
{
  return {{"kind", kind}, {"version", document_version}};
}

json::object merged(json::object head, const json::value& rest)
{
  for (const auto& [name, value] : rest.get_object()) {
    head.insert_or_assign(name, value);
  }
  return head;
}

template <std::size_t index = 0>
Result<RunEvent> event_named(std::string_view name, const json::value& value)
{
  if constexpr (index == event_names.size()) {
    return data_error("the event \"" + std::string(name) + "\" is of a later version");
  } else {
    if (name != event_names[index]) {
      return event_named<index + 1>(name, value);
    }
    auto event =
        json_codec::read_whole<std::variant_alternative_t<index, RunEvent>>(value, "event");
    if (!event) {
      return event.error();
    }
    return RunEvent(std::move(*event));
  }
}

/// The list that an object has as its member `name`; `what` names the object in errors.
template <class T>
Result<std::vector<T>> list_from_json(std::string_view text, std::string_view name,
                                      std::string_view what)
{
  const Result<json::value> value = json_codec::parse(text, what);
  if (!value) {
    return value.error();
  }
  const json::object* object = value->if_object();
  const json::value* list = object == nullptr ? nullptr : object->if_contains(name);
  if (list == nullptr) {
    return data_error("the " + std::string(what) + " has no " + std::string(name));
  }
  return json_codec::read_whole<std::vector<T>>(*list, what);
}

/// What documents have of every result, whatever its values.
json::object result_record(const TestResult& result)
{
  json::object record = json_codec::write(result).get_object();
  record.stable_erase("key");
  record.insert_or_assign("verdict", name_of(result.verdict));
  record.insert_or_assign("duration_us", result.duration_us);
  return record;
}

/// Without what all attempts at a test have in common.
json::object attempt_record(json::object record, const TestResult& result)
{
  for (const std::string_view shared : {"index", "chunk", "again", "flaky"}) {
    record.stable_erase(shared);
  }
  if (!result.again) {
    record.stable_erase("output"); // which the test's own record has
  }
  record.insert_or_assign("attempt", result.attempt);
  return record;
}

/// Of all outputs in one document together; what failed first is what people look at.
constexpr std::size_t most_output = 16 * 1024 * 1024;

/// Names and reasons have the bytes of files and programs; a document that people carry is UTF-8.
void make_utf8(json::value& value)
{
  if (json::string* text = value.if_string(); text != nullptr && !is_utf8(*text)) {
    *text = utf8_or_percent(*text);
  } else if (json::array* list = value.if_array(); list != nullptr) {
    std::for_each(list->begin(), list->end(), make_utf8);
  } else if (json::object* object = value.if_object(); object != nullptr) {
    for (auto& member : *object) {
      make_utf8(member.value());
    }
  }
}

/// Chunks are indices into lists, so they must be small.
Result<void> check_chunks(const RunRequest& request)
{
  const bool has_names = !request.chunk_names.empty();
  const std::size_t chunks = has_names ? request.chunk_names.size() : request.tests.size();
  for (std::size_t i = 0; i < request.tests.size(); ++i) {
    if (const std::uint32_t chunk = request.tests[i].chunk; chunk >= chunks) {
      return data_error(fmt::format(
          "the request cannot be used: tests[{}].chunk is {}, but it has {} {}, counted from 0", i,
          chunk, chunks, has_names ? "chunk_names" : "tests and no chunk_names"));
    }
  }
  return {};
}

} // namespace

std::string run_request_to_json(const RunRequest& request)
{
  return json::serialize(json_codec::write(request));
}

Result<RunRequest> run_request_from_json(std::string text)
{
  const Result<json::value> value = json_codec::parse(std::exchange(text, {}), "request");
  if (!value) {
    return value.error();
  }
  Result<RunRequest> request = json_codec::read_whole<RunRequest>(*value, "request");
  if (request.has_value()) {
    if (const Result<void> checked = check_chunks(*request); !checked) {
      return checked.error();
    }
  }
  return request;
}

std::string tested_state_to_json(const TestedState& state)
{
  return json::serialize(json_codec::write(state));
}

Result<TestedState> tested_state_from_json(std::string_view text)
{
  const Result<json::value> value = json_codec::parse(text, "state");
  return value ? json_codec::read_whole<TestedState>(*value, "state")
               : Result<TestedState>(value.error());
}

std::string run_event_to_json(const RunEvent& event)
{
  json::object line = document("winnow.event");
  line.emplace("event", event_names[event.index()]);
  const json::value body =
      std::visit([](const auto& alternative) { return json_codec::write(alternative); }, event);
  return json::serialize(merged(std::move(line), body));
}

Result<RunEvent> run_event_from_json(std::string_view line)
{
  const Result<json::value> value = json_codec::parse(line, "event");
  if (!value) {
    return value.error();
  }
  const json::object* object = value->if_object();
  const json::value* name = object == nullptr ? nullptr : object->if_contains("event");
  if (name == nullptr || !name->is_string()) {
    return data_error("the event has no name");
  }
  return event_named(name->get_string(), *value);
}

std::string start_reply_to_json(bool started)
{
  return json::serialize(json::object{{"started", started}});
}

Result<bool> start_reply_from_json(std::string_view text)
{
  const Result<json::value> value = json_codec::parse(text, "reply");
  if (!value) {
    return value.error();
  }
  const json::object* object = value->if_object();
  const json::value* started = object == nullptr ? nullptr : object->if_contains("started");
  if (started == nullptr || !started->is_bool()) {
    return data_error("the reply does not say whether a test has started");
  }
  return started->get_bool();
}

std::string tests_in_run_to_json(const std::vector<TestInRun>& tests)
{
  return json::serialize(json::object{{"tests", json_codec::write(tests)}});
}

Result<std::vector<TestInRun>> tests_in_run_from_json(std::string_view text)
{
  return list_from_json<TestInRun>(text, "tests", "list of tests");
}

std::string run_summary_to_json(const RunSummary& run)
{
  return json::serialize(json_codec::write(run));
}

Result<RunSummary> run_summary_from_json(std::string_view text)
{
  const Result<json::value> value = json_codec::parse(text, "summary");
  return value ? json_codec::read_whole<RunSummary>(*value, "summary")
               : Result<RunSummary>(value.error());
}

std::string run_summaries_to_json(const std::vector<RunSummary>& runs)
{
  return json::serialize(json::object{{"runs", json_codec::write(runs)}});
}

Result<std::vector<RunSummary>> run_summaries_from_json(std::string_view text)
{
  return list_from_json<RunSummary>(text, "runs", "list of runs");
}

std::string run_results_to_json(const RunSummary& run, const std::vector<TestResult>& results,
                                const RunFinished* end, const OutputOfAttempt& output_of)
{
  json::array records;
  records.reserve(results.size());
  std::map<std::uint32_t, json::array> attempts; // of tests that were run again
  std::size_t output_left = output_of ? most_output : 0;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const TestResult& result = results[i];
    json::object record = result_record(result);
    if (output_left > 0 && is_failure(result.verdict) && result.output_bytes > 0) {
      const std::string output = utf8_or_replaced(output_of(i));
      output_left -= std::min(output_left, output.size());
      record.insert_or_assign("output", output);
    }
    if (result.again || attempts.contains(result.index)) {
      attempts[result.index].push_back(attempt_record(record, result));
    }
    if (result.again) {
      continue;
    }
    write_key(record, result.key);
    if (const auto all = attempts.find(result.index); all != attempts.end()) {
      record.insert_or_assign("attempts", std::move(all->second));
    }
    records.emplace_back(std::move(record));
  }
  json::object whole = merged(document("winnow.results"), json_codec::write(run));
  if (end != nullptr) {
    json::object times = json_codec::write(*end).get_object();
    times.erase("end");
    whole = merged(std::move(whole), times);
  }
  whole.insert_or_assign("total", run.tests);
  whole.insert_or_assign("tests", std::move(records));
  json::value written(std::move(whole));
  make_utf8(written);
  return json::serialize(written);
}

} // namespace winnow::report
