// Reads and joins what runs of a plan left behind.
#include "analyzer/report/results_json.hpp"

#include "analyzer/report/member_reader.hpp"
#include "analyzer/report/path_text.hpp"
#include "analyzer/report/run_fields.hpp"
#include "analyzer/report/run_json.hpp"
#include "analyzer/report/test_key_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace winnow::report {
namespace {

namespace json = boost::json;

json::object planned_value(const PlannedRun& planned)
{
  json::array chunks;
  for (const std::uint32_t chunk : planned.chunks) {
    chunks.emplace_back(chunk);
  }
  json::array discovered;
  for (const DiscoveredTest& test : planned.discovered) {
    json::object object;
    write_key(object, test.key);
    object.emplace("target", json_text(test.target));
    discovered.emplace_back(std::move(object));
  }
  json::object object;
  object.emplace("id", planned.plan_id);
  object.emplace("commit", json_text(planned.commit));
  object.emplace("chunks", std::move(chunks));
  object.emplace("discovered", std::move(discovered));
  return object;
}

PlannedRun read_planned(const MemberReader& reader)
{
  PlannedRun planned;
  planned.plan_id = reader.text("id");
  planned.commit = reader.text("commit");
  for (const std::int64_t chunk : reader.whole_numbers("chunks")) {
    if (chunk > std::numeric_limits<std::uint32_t>::max()) {
      reader.fail("chunks", fmt::format("has {}, which is no chunk", chunk));
      break;
    }
    planned.chunks.push_back(static_cast<std::uint32_t>(chunk));
  }
  reader.each("discovered", [&](const MemberReader& test) {
    planned.discovered.push_back({test.key(), test.text("target")});
  });
  return planned;
}

/// What members beside those the readers ask for say; absent ones keep their defaults.
template <class T>
void read_fields(const json::value& value, const std::string& place, T& object,
                 std::optional<std::string>& fault)
{
  if (fault) {
    return;
  }
  if (const json_codec::MaybeFault wrong = json_codec::read(value, object)) {
    const std::string where = place + wrong->place;
    fault = (where.starts_with('.') ? where.substr(1) : where) + " " + wrong->what;
  }
}

KeptAttempt read_attempt(const json::value& value, const std::string& place,
                         std::optional<std::string>& fault)
{
  const MemberReader reader(value, place, fault);
  KeptAttempt attempt;
  (void)reader.text("verdict");
  read_fields(value, place, attempt.result, fault);
  attempt.output = reader.has("output") ? reader.text("output") : "";
  return attempt;
}

/// The attempts before the last one, which is the test's own record.
void read_earlier(const json::value& record, const std::string& place, const KeptAttempt& last,
                  std::vector<KeptAttempt>& attempts, std::optional<std::string>& fault)
{
  const json::object* object = record.if_object();
  const json::value* found = object == nullptr ? nullptr : object->if_contains("attempts");
  if (found == nullptr || fault) {
    return;
  }
  if (!found->is_array()) {
    fault = place + ".attempts is not a list";
    return;
  }
  const json::array& list = found->get_array();
  for (std::size_t i = 0; i + 1 < list.size(); ++i) {
    KeptAttempt earlier = read_attempt(list[i], fmt::format("{}.attempts[{}]", place, i), fault);
    earlier.result.key = last.result.key;
    earlier.result.index = last.result.index;
    earlier.result.chunk = last.result.chunk;
    earlier.result.again = true;
    attempts.push_back(std::move(earlier));
  }
}

std::vector<KeptAttempt> read_tests(const json::object& whole, std::optional<std::string>& fault)
{
  std::vector<KeptAttempt> attempts;
  const json::value* tests = whole.if_contains("tests");
  if (!fault && (tests == nullptr || !tests->is_array())) {
    fault = tests == nullptr ? "tests is missing" : "tests is not a list";
  }
  for (std::size_t i = 0; !fault && i < tests->get_array().size(); ++i) {
    const json::value& record = tests->get_array()[i];
    const std::string place = fmt::format("tests[{}]", i);
    KeptAttempt last = read_attempt(record, place, fault);
    last.result.key = MemberReader(record, place, fault).key();
    last.result.again = false;
    read_earlier(record, place, last, attempts, fault);
    attempts.push_back(std::move(last));
  }
  return attempts;
}

RunSummary summary_of(const MergedResults& merged)
{
  RunSummary run;
  run.project = merged.project;
  run.state = name_of(RunEnd::completed);
  for (const MergedChunk& chunk : merged.chunks) {
    run.tests += chunk.tests;
    run.failed += chunk.failed;
    if (chunk.started_us != 0) {
      run.started_us =
          run.started_us == 0 ? chunk.started_us : std::min(run.started_us, chunk.started_us);
    }
    run.ended_us = std::max(run.ended_us, chunk.ended_us);
    run.chunks.push_back({fmt::format("chunk {}", chunk.index),
                          chunk.failed > 0 ? ChunkState::failed : ChunkState::passed, chunk.tests,
                          chunk.tests, chunk.failed});
  }
  run.finished = run.tests;
  return run;
}

json::array runs_value(const std::vector<MergedChunk>& chunks)
{
  json::array runs;
  for (const MergedChunk& chunk : chunks) {
    json::object run;
    run.emplace("chunk", chunk.index);
    run.emplace("run_id", json_text(chunk.run_id));
    run.emplace("tests", chunk.tests);
    run.emplace("failed", chunk.failed);
    run.emplace("predicted_seconds", chunk.predicted_s);
    run.emplace("real_seconds", chunk.real_s());
    runs.emplace_back(std::move(run));
  }
  return runs;
}

/// The document of one run, to be added to.
Result<json::object> document_of(std::string_view results)
{
  Result<json::value> document = json_codec::parse(results, "results");
  if (!document) {
    return document.error();
  }
  return document->is_object() ? Result<json::object>(std::move(document->get_object()))
                               : data_error("the results are no object");
}

} // namespace

Result<std::string> results_with_plan(std::string_view results, const PlannedRun& planned)
{
  Result<json::object> document = document_of(results);
  if (!document) {
    return document.error();
  }
  document->insert_or_assign("plan", planned_value(planned));
  return json::serialize(*document);
}

Result<RunResults> results_from_json(std::string_view text)
{
  Result<json::value> value = parse_document(text, "winnow.results", "document of results");
  if (!value) {
    return value.error();
  }
  std::optional<std::string> fault;
  json::object& whole = value->get_object();
  RunResults results;
  results.attempts = read_tests(whole, fault);
  if (const json::value* plan = whole.if_contains("plan"); plan != nullptr) {
    results.planned = read_planned(MemberReader(*plan, "plan", fault));
  }
  // What the summary counts under that name has another one in documents.
  const json::value* total = whole.if_contains("total");
  whole.insert_or_assign("tests", total == nullptr ? json::value(0) : json::value(*total));
  read_fields(*value, "", results.run, fault);
  if (fault) {
    return data_error("the document of results cannot be used: " + *fault);
  }
  return results;
}

std::string merged_results_to_json(const MergedResults& merged)
{
  std::vector<TestResult> results;
  results.reserve(merged.attempts.size());
  for (const KeptAttempt& attempt : merged.attempts) {
    results.push_back(attempt.result);
  }
  const std::string text =
      run_results_to_json(summary_of(merged), results, nullptr,
                          [&](std::size_t attempt) { return merged.attempts[attempt].output; });
  PlannedRun planned{merged.plan_id, merged.commit, {}, {}};
  for (const MergedChunk& chunk : merged.chunks) {
    planned.chunks.push_back(chunk.index);
  }
  json::object document = document_of(text).value();
  document.insert_or_assign("plan", planned_value(planned));
  document.insert_or_assign("runs", runs_value(merged.chunks));
  return json::serialize(document);
}

} // namespace winnow::report
