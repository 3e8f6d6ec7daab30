// Writes and reads how flaky tests are.
#include "analyzer/report/flakiness_report.hpp"

#include "analyzer/report/member_reader.hpp"
#include "analyzer/report/quantity_text.hpp"
#include "analyzer/report/test_key_json.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <optional>
#include <utility>

namespace winnow::report {

std::string flakiness_to_json(const Flakiness& flakiness)
{
  namespace json = boost::json;
  json::array records;
  for (const FlakyTest& test : flakiness.tests) {
    json::object record;
    write_key(record, test.key);
    record.emplace("rate", test.rate());
    record.emplace("flaky_runs", test.flaky_runs);
    record.emplace("runs", test.runs);
    record.emplace("last_us", test.last_us);
    record.emplace("last_run", test.last_run);
    record.emplace("reason", json_text(test.reason));
    records.push_back(std::move(record));
  }
  json::object whole{{"kind", "winnow.flaky"}, {"version", 1}, {"runs", flakiness.runs}};
  whole.emplace("tests", std::move(records));
  return json::serialize(whole);
}

Result<Flakiness> flakiness_from_json(std::string_view text)
{
  const Result<boost::json::value> value =
      parse_document(text, "winnow.flaky", "list of flaky tests");
  if (!value) {
    return value.error();
  }
  std::optional<std::string> fault;
  const MemberReader reader(*value, "", fault);
  Flakiness flakiness;
  flakiness.runs = reader.count("runs");
  reader.each("tests", [&](const MemberReader& test) {
    FlakyTest& read = flakiness.tests.emplace_back();
    read.key = test.key();
    read.flaky_runs = test.count("flaky_runs");
    read.runs = test.count("runs");
    constexpr double most = 9e18; // as far as 64 bits hold it
    read.last_us = static_cast<std::int64_t>(std::min(test.number("last_us"), most));
    read.last_run = test.text("last_run");
    read.reason = test.text("reason");
  });
  if (fault) {
    return data_error("the list of flaky tests cannot be used: " + *fault);
  }
  return flakiness;
}

std::string flakiness_to_text(const Flakiness& flakiness)
{
  if (flakiness.tests.empty()) {
    return fmt::format("no test was flaky in {}\n", count_text(flakiness.runs, "kept run"));
  }
  std::string text = fmt::format("{} in {}, the newest failure of each:\n",
                                 count_text(flakiness.tests.size(), "flaky test"),
                                 count_text(flakiness.runs, "kept run"));
  for (const FlakyTest& test : flakiness.tests) {
    const auto last = static_cast<std::time_t>(test.last_us / 1'000'000);
    text += fmt::format("{:5.1f}% {:>9}  {:%Y-%m-%d %H:%M}  {}: {}\n", test.rate() * 100,
                        fmt::format("({} of {})", test.flaky_runs, test.runs), fmt::localtime(last),
                        test.key.display(), test.reason);
  }
  return text;
}

} // namespace winnow::report
