// A diagnosis for people and for programs.
#include "analyzer/report/diagnosis_report.hpp"

#include "analyzer/report/path_text.hpp"
#include "analyzer/report/quantity_text.hpp"
#include "analyzer/report/test_key_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace winnow::report {
namespace {

namespace json = boost::json;

constexpr std::size_t shown_items = 10;

std::size_t count_of(const Diagnosis& diagnosis, Severity severity)
{
  return static_cast<std::size_t>(
      std::ranges::count(diagnosis.findings, severity, &Finding::severity));
}

json::object finding_value(const Finding& finding)
{
  json::array items;
  for (const std::string& item : finding.items) {
    items.emplace_back(json_text(item, {}));
  }
  return {{"name", finding.name},
          {"severity", name_of(finding.severity)},
          {"what", json_text(finding.what, {})},
          {"cause", json_text(finding.cause, {})},
          {"remedy", json_text(finding.remedy, {})},
          {"items", std::move(items)}};
}

std::string finding_text(const Finding& finding, const Paint& paint)
{
  const std::string heading = fmt::format("{}: {}", name_of(finding.severity), finding.what);
  std::string text =
      finding.severity == Severity::problem ? paint.warning(heading) : paint.bold(heading);
  text += fmt::format("\n  because {}\n  to do: {}\n", finding.cause, finding.remedy);
  for (std::size_t i = 0; i < std::min(finding.items.size(), shown_items); ++i) {
    text += "    " + path_text(finding.items[i]) + "\n";
  }
  if (finding.items.size() > shown_items) {
    text += fmt::format("    and {} more; --format json has them all\n",
                        finding.items.size() - shown_items);
  }
  return text;
}

} // namespace

std::string diagnosis_to_json(const Diagnosis& diagnosis)
{
  json::object whole;
  whole["kind"] = "winnow.diagnosis";
  whole["version"] = 1;
  whole["build_dir"] = diagnosis.build_dir.empty()
                           ? json::value(nullptr)
                           : json::value(json_text(diagnosis.build_dir, {}));
  whole["problems"] = count_of(diagnosis, Severity::problem);
  json::array findings;
  for (const Finding& finding : diagnosis.findings) {
    findings.emplace_back(finding_value(finding));
  }
  whole["findings"] = std::move(findings);
  whole["checked"] = json::value_from(diagnosis.checked);
  return json::serialize(whole);
}

std::string diagnosis_to_text(const Diagnosis& diagnosis, Color color)
{
  const Paint paint(color);
  std::string text;
  for (const Severity severity : {Severity::problem, Severity::advice}) {
    for (const Finding& finding : diagnosis.findings) {
      text += finding.severity == severity ? finding_text(finding, paint) : "";
    }
  }
  return text + fmt::format("{} and {} of advice in {}\n",
                            count_text(count_of(diagnosis, Severity::problem), "problem"),
                            count_text(count_of(diagnosis, Severity::advice), "piece"),
                            count_text(diagnosis.checked.size(), "check"));
}

} // namespace winnow::report
