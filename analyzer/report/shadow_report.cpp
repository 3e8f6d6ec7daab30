// Counts first, then the failures by name.
#include "analyzer/report/shadow_report.hpp"

#include "analyzer/report/path_text.hpp"
#include "analyzer/report/quantity_text.hpp"
#include "analyzer/report/run_json_codec.hpp"
#include "analyzer/report/selection_text.hpp"
#include "analyzer/report/test_key_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace winnow::report {
namespace {

namespace json = boost::json;

/// The failures themselves were shown by the run.
constexpr std::size_t shown_failures = 50;

double seconds(std::int64_t microseconds)
{
  return static_cast<double>(microseconds) / 1e6;
}

std::string failures_text(const std::vector<SkippedFailure>& failures)
{
  std::string text;
  for (std::size_t i = 0; i < std::min(failures.size(), shown_failures); ++i) {
    const SkippedFailure& failure = failures[i];
    text += fmt::format("  {}: {}", name_text(failure.key.display()),
                        name_text(failure.reason.empty() ? name_of(failure.verdict)
                                                         : std::string_view(failure.reason)));
    text += failure.passed_at.empty() ? "\n" : fmt::format("; passed at {}\n", failure.passed_at);
  }
  if (failures.size() > shown_failures) {
    text += fmt::format("  and {} more\n", failures.size() - shown_failures);
  }
  return text;
}

std::string misses_text(const ShadowReport& report)
{
  if (report.judged == 0) {
    return "";
  }
  if (report.misses.empty() && report.others.empty()) {
    const bool all = report.judged == report.skipped.size();
    return all ? "shadow: no miss: none of them failed\n"
               : fmt::format("shadow: no miss: of the {} of them that ran to an end none failed\n",
                             report.judged);
  }
  std::string text;
  if (!report.misses.empty()) {
    text += fmt::format("shadow: {} of {} that would have been skipped failed, and had passed at "
                        "base or since: possible misses ({:.1f} %)\n",
                        report.misses.size(), count_text(report.judged, "test"),
                        100 * report.miss_rate().value_or(0));
    text += failures_text(report.misses);
  }
  if (!report.others.empty()) {
    text += fmt::format("shadow: {} of {} that would have been skipped failed, not known to have "
                        "passed at base\n",
                        report.others.size(), count_text(report.judged, "test"));
    text += failures_text(report.others);
  }
  return text;
}

json::array failures_value(const std::vector<SkippedFailure>& failures)
{
  json::array array;
  for (const SkippedFailure& failure : failures) {
    json::object object;
    write_key(object, failure.key);
    object.emplace("verdict", name_of(failure.verdict));
    object.emplace("reason", json_text(failure.reason));
    object.emplace("passed_at", json_text(failure.passed_at));
    array.push_back(std::move(object));
  }
  return array;
}

json::object members(const ShadowReport& report)
{
  json::object object;
  object.emplace("base", json_text(report.base));
  object.emplace("fallback", report.fallback.empty() ? json::value(nullptr)
                                                     : json::value(json_text(report.fallback)));
  object.emplace("total", report.tests);
  object.emplace("would_run", report.tests - report.skipped.size());
  object.emplace("would_skip", report.skipped.size());
  object.emplace("judged", report.judged);
  object.emplace("seconds", seconds(report.duration_us));
  object.emplace("skipped_seconds", seconds(report.skipped_us));
  const std::optional<double> rate = report.miss_rate();
  object.emplace("miss_rate", rate ? json::value(*rate) : json::value(nullptr));
  object.emplace("possible_misses", failures_value(report.misses));
  object.emplace("other_failures", failures_value(report.others));
  json::array skipped;
  for (const TestKey& key : report.skipped) {
    write_key(skipped.emplace_back(json::object()).get_object(), key);
  }
  object.emplace("skipped", std::move(skipped));
  return object;
}

} // namespace

std::string shadow_to_text(const ShadowReport& report)
{
  if (!report.fallback.empty()) {
    return fmt::format("shadow: nothing would have been skipped: {}\n", name_text(report.fallback));
  }
  std::string head =
      fmt::format("shadow: of {}, {} would have been skipped since {}",
                  count_text(report.tests, "test"), report.skipped.size(), state_text(report.base));
  if (report.duration_us > 0) {
    head += fmt::format(" ({} of {} of test time)", seconds_text(seconds(report.skipped_us)),
                        seconds_text(seconds(report.duration_us)));
  }
  head += "\n";
  return head + misses_text(report);
}

std::string shadow_to_json(const ShadowReport& report)
{
  json::object document{{"kind", "winnow.shadow"}, {"version", 1}};
  for (auto& [name, value] : members(report)) {
    document.emplace(name, std::move(value));
  }
  return json::serialize(document);
}

Result<std::string> results_with_shadow(std::string_view results, const ShadowReport& report)
{
  Result<json::value> document = json_codec::parse(results, "results");
  if (!document) {
    return document.error();
  }
  if (!document->is_object()) {
    return data_error("the results are no object");
  }
  document->get_object().insert_or_assign("shadow", members(report));
  return json::serialize(*document);
}

} // namespace winnow::report
