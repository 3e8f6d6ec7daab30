// Writes and reads attempts, a list for each of their values.
#include "analyzer/report/history_export.hpp"

#include "analyzer/report/member_reader.hpp"
#include "analyzer/report/test_key_json.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace winnow::report {
namespace {

namespace json = boost::json;

json::object record_of(const TestKey& key, const std::vector<MeasuredAttempt>& attempts)
{
  json::array at_us;
  json::array verdicts;
  json::array durations_us;
  json::array cpu_us;
  json::array peak_memory_bytes;
  for (const MeasuredAttempt& attempt : attempts) {
    at_us.push_back(attempt.at_us);
    verdicts.push_back(json::string(name_of(attempt.verdict)));
    durations_us.push_back(attempt.duration_us);
    cpu_us.push_back(attempt.cpu_us);
    peak_memory_bytes.push_back(attempt.peak_memory_bytes);
  }
  json::object record;
  write_key(record, key);
  record.emplace("at_us", std::move(at_us));
  record.emplace("verdicts", std::move(verdicts));
  record.emplace("durations_us", std::move(durations_us));
  record.emplace("cpu_us", std::move(cpu_us));
  record.emplace("peak_memory_bytes", std::move(peak_memory_bytes));
  return record;
}

/// The values of a list that is as long as that of the times.
std::vector<std::int64_t> as_many(const MemberReader& test, std::string_view name,
                                  std::size_t count)
{
  std::vector<std::int64_t> values = test.whole_numbers(name);
  if (values.size() != count) {
    test.fail(name, "is not as long as at_us");
  }
  values.resize(count);
  return values;
}

std::vector<MeasuredAttempt> read_attempts(const MemberReader& test)
{
  std::vector<MeasuredAttempt> attempts;
  for (const std::int64_t at_us : test.whole_numbers("at_us")) {
    attempts.push_back({.at_us = at_us});
  }
  // Further than that a time has no room beside a verdict.
  constexpr std::int64_t last_us = std::int64_t{1} << 58;
  if (std::ranges::any_of(attempts, [](const auto& attempt) { return attempt.at_us > last_us; })) {
    test.fail("at_us", "has a time that is none");
  }
  const std::size_t count = attempts.size();
  const std::vector<std::int64_t> durations_us = as_many(test, "durations_us", count);
  const std::vector<std::int64_t> cpu_us = as_many(test, "cpu_us", count);
  const std::vector<std::int64_t> memory = as_many(test, "peak_memory_bytes", count);
  std::vector<std::string> verdicts = test.texts("verdicts");
  if (verdicts.size() != count) {
    test.fail("verdicts", "is not as long as at_us");
  }
  verdicts.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto row = std::ranges::find(verdict_names, verdicts[i], &VerdictName::name);
    if (row == verdict_names.end()) {
      test.fail("verdicts", "has an entry that is no verdict");
      return {};
    }
    attempts[i] = {attempts[i].at_us, row->verdict, durations_us[i], cpu_us[i], memory[i]};
  }
  return attempts;
}

} // namespace

std::string history_export_to_json(const ProjectHistory& history)
{
  json::array records;
  records.reserve(history.tests.size());
  for (const auto& [key, attempts] : history.tests) {
    records.push_back(record_of(key, attempts));
  }
  json::object whole{{"kind", "winnow.history-export"}, {"version", 1}};
  whole.emplace("project", json_text(history.project));
  whole.emplace("configuration", json_text(history.configuration));
  whole.emplace("tests", std::move(records));
  return json::serialize(whole);
}

Result<ProjectHistory> history_export_from_json(std::string_view text)
{
  const Result<json::value> value = parse_document(text, "winnow.history-export", "history");
  if (!value) {
    return value.error();
  }
  std::optional<std::string> fault;
  const MemberReader reader(*value, "", fault);
  ProjectHistory history;
  history.project = reader.text("project");
  history.configuration = reader.text("configuration");
  reader.each("tests", [&](const MemberReader& test) {
    TestKey key = test.key();
    history.tests.insert_or_assign(std::move(key), read_attempts(test));
  });
  if (fault) {
    return data_error("the history cannot be used: " + *fault);
  }
  return history;
}

std::string history_merge_to_json(const HistoryMerge& merge)
{
  return json::serialize(json::object{
      {"tests", merge.tests}, {"attempts", merge.attempts}, {"of_future", merge.of_future}});
}

Result<HistoryMerge> history_merge_from_json(std::string_view text)
{
  boost::system::error_code error;
  const json::value value = json::parse(text, error);
  std::optional<std::string> fault = error ? std::optional(error.message()) : std::nullopt;
  const MemberReader reader(value, "", fault);
  const HistoryMerge merge{reader.count("tests"), reader.count("attempts"),
                           reader.count("of_future")};
  return fault ? Result<HistoryMerge>(data_error("the reply cannot be used: " + *fault))
               : Result<HistoryMerge>(merge);
}

} // namespace winnow::report
