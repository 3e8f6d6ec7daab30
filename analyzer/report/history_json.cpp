// The document `winnow.history`, written and read.
#include "analyzer/report/history_json.hpp"

#include "analyzer/report/member_reader.hpp"
#include "analyzer/report/test_key_json.hpp"

#include <algorithm>
#include <utility>

namespace winnow::report {
namespace {

namespace json = boost::json;

json::object record_of(const TestKey& key, const TestHistory& known)
{
  json::object record;
  write_key(record, key);
  record.emplace("duration_us", known.duration_us);
  record.emplace("cpu_us", known.cpu_us);
  record.emplace("peak_memory_bytes", known.peak_memory_bytes);
  record.emplace("attempts", known.attempts);
  if (known.last) {
    record.emplace("last", name_of(*known.last));
  }
  return record;
}

/// As far as 64 bits hold it.
std::int64_t whole_number(const MemberReader& reader, std::string_view name)
{
  constexpr double most = 9e18;
  return static_cast<std::int64_t>(std::min(reader.number(name), most));
}

TestHistory read_record(const MemberReader& reader)
{
  TestHistory known;
  known.duration_us = whole_number(reader, "duration_us");
  known.cpu_us = whole_number(reader, "cpu_us");
  known.peak_memory_bytes = static_cast<std::uint64_t>(whole_number(reader, "peak_memory_bytes"));
  known.attempts = reader.count("attempts");
  if (reader.has("last")) {
    const std::string last = reader.text("last");
    const auto row = std::find_if(verdict_names.begin(), verdict_names.end(),
                                  [&](const VerdictName& verdict) { return verdict.name == last; });
    if (row == verdict_names.end()) {
      reader.fail("last", "is no verdict");
    } else {
      known.last = row->verdict;
    }
  }
  return known;
}

} // namespace

std::string history_to_json(const History& history)
{
  json::array records;
  records.reserve(history.size());
  for (const auto& [key, known] : history) {
    records.push_back(record_of(key, known));
  }
  json::object whole{{"kind", "winnow.history"}, {"version", 1}};
  whole.emplace("tests", std::move(records));
  return json::serialize(whole);
}

Result<History> history_from_json(std::string_view text)
{
  const Result<json::value> value = parse_document(text, "winnow.history", "history");
  if (!value) {
    return value.error();
  }
  std::optional<std::string> fault;
  const MemberReader reader(*value, "", fault);
  History history;
  reader.each("tests", [&](const MemberReader& test) {
    history.insert_or_assign(test.key(), read_record(test));
  });
  if (fault) {
    return data_error("the history cannot be used: " + *fault);
  }
  return history;
}

} // namespace winnow::report
