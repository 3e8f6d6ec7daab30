// Sums up attempts, test by test.
#include "analyzer/report/history_report.hpp"

#include "analyzer/report/quantity_text.hpp"
#include "analyzer/report/test_key_json.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <ctime>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::report {
namespace {

namespace json = boost::json;

using Counts = std::array<std::uint32_t, verdict_names.size()>;

struct Summary {
  TestHistory expected;
  std::int64_t median_us = 0;
  std::int64_t p95_us = 0;
  Counts verdicts{};
  std::int64_t seen_us = 0; ///< 0: not known
};

Summary summary_of(const std::vector<MeasuredAttempt>& attempts)
{
  Summary summary;
  summary.expected = expectation(attempts);
  const std::vector<Weighted> durations = weighted(attempts, &MeasuredAttempt::duration_us);
  summary.median_us = quantile(durations, 0.5);
  summary.p95_us = quantile(durations, 0.95);
  for (const MeasuredAttempt& attempt : attempts) {
    ++summary.verdicts[static_cast<std::size_t>(attempt.verdict)];
  }
  summary.seen_us = attempts.empty() ? 0 : attempts.back().at_us;
  return summary;
}

std::optional<double> cpu_share(const TestHistory& known)
{
  return known.duration_us <= 0 ? std::nullopt
                                : std::optional(static_cast<double>(known.cpu_us) /
                                                static_cast<double>(known.duration_us));
}

/// Of a test that has never passed.
std::string_view kind_text(const TestHistory& known)
{
  switch (kind_of_duration(known)) {
  case DurationKind::of_failure:
    return "of a failure";
  case DurationKind::at_least:
    return "at least";
  default:
    return "";
  }
}

json::object record_of(const TestKey& key, const Summary& summary)
{
  json::object record;
  write_key(record, key);
  record.emplace("attempts", summary.expected.attempts);
  record.emplace("duration_us", summary.expected.duration_us);
  if (const std::string_view kind = kind_text(summary.expected); !kind.empty()) {
    record.emplace("duration_is", kind);
  }
  record.emplace("duration_median_us", summary.median_us);
  record.emplace("duration_p95_us", summary.p95_us);
  record.emplace("cpu_us", summary.expected.cpu_us);
  if (const auto share = cpu_share(summary.expected)) {
    record.emplace("cpu_share", *share);
  }
  record.emplace("peak_memory_bytes", summary.expected.peak_memory_bytes);
  json::object verdicts;
  for (const VerdictName& row : verdict_names) {
    const std::uint32_t count = summary.verdicts[static_cast<std::size_t>(row.verdict)];
    if (count > 0) {
      verdicts.emplace(row.name, count);
    }
  }
  record.emplace("verdicts", std::move(verdicts));
  if (summary.expected.last) {
    record.emplace("last", name_of(*summary.expected.last));
  }
  if (summary.seen_us > 0) {
    record.emplace("seen_us", summary.seen_us);
  }
  return record;
}

std::string verdicts_text(const Counts& verdicts)
{
  std::string text;
  for (const VerdictName& row : verdict_names) {
    const std::uint32_t count = verdicts[static_cast<std::size_t>(row.verdict)];
    if (count > 0) {
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, row.name);
    }
  }
  return text;
}

std::string line_of(const TestKey& key, const Summary& summary)
{
  const auto time = [](std::int64_t us) { return seconds_text(static_cast<double>(us) / 1e6); };
  const TestHistory& known = summary.expected;
  const DurationKind kind = kind_of_duration(known);
  const bool measured = kind == DurationKind::measured;
  const auto share = cpu_share(known);
  std::string duration = measured ? time(summary.median_us) : "?";
  std::string remark;
  if (kind == DurationKind::of_failure) {
    duration = time(known.duration_us);
    remark = "the time of its last failure";
  } else if (kind == DurationKind::at_least) {
    duration = ">= " + time(known.duration_us);
    remark = "it was cut short";
  }
  const std::string seen =
      summary.seen_us == 0
          ? "?"
          : fmt::format("{:%Y-%m-%d %H:%M}",
                        fmt::localtime(static_cast<std::time_t>(summary.seen_us / 1'000'000)));
  return fmt::format("{:>12} {:>12} {:>5} {:>10}  {:<16}  {}: {}{}\n", duration,
                     measured ? time(summary.p95_us) : "?",
                     share ? fmt::format("{:.0f}%", *share * 100) : "?",
                     known.peak_memory_bytes > 0 ? bytes_text(known.peak_memory_bytes) : "?", seen,
                     key.display(), verdicts_text(summary.verdicts),
                     measured || kind == DurationKind::unknown ? "" : "; never passed: " + remark);
}

} // namespace

std::string project_history_to_json(const ProjectHistory& history)
{
  json::array records;
  records.reserve(history.tests.size());
  for (const auto& [key, attempts] : history.tests) {
    records.push_back(record_of(key, summary_of(attempts)));
  }
  json::object whole{{"kind", "winnow.history"}, {"version", 1}};
  whole.emplace("project", json_text(history.project));
  whole.emplace("configuration", json_text(history.configuration));
  whole.emplace("tests", std::move(records));
  return json::serialize(whole);
}

std::string project_history_to_text(const ProjectHistory& history)
{
  const std::string of = history.configuration.empty()
                             ? history.project
                             : fmt::format("{}, {}", history.project, history.configuration);
  if (history.tests.empty()) {
    return fmt::format("no test of {} has a history here\n", of);
  }
  std::string text = fmt::format("{} of {}\n{:>12} {:>12} {:>5} {:>10}  {:<16}  test\n",
                                 count_text(history.tests.size(), "test"), of, "median", "p95",
                                 "cpu", "memory", "last seen");
  for (const auto& [key, attempts] : history.tests) {
    text += line_of(key, summary_of(attempts));
  }
  return text;
}

} // namespace winnow::report
