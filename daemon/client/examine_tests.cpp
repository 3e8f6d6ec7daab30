// Looks at what is known of the tests, and at what winnow.json says of them.
#include "analyzer/report/quantity_text.hpp"
#include "analyzer/select/meant_tests.hpp"
#include "analyzer/select/part.hpp"
#include "daemon/client/examination.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace winnow::client {
namespace {

template <class Wanted>
std::vector<std::string> tests_that(const Graph& graph, Wanted wanted)
{
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < graph.test_count(); ++i) {
    if (wanted(TestId{i})) {
      names.push_back(graph.key(TestId{i}).display());
    }
  }
  return names;
}

std::string count_of_tests(const std::vector<std::string>& names, const Graph& graph)
{
  return fmt::format("{} of {}", names.size(), report::count_text(graph.test_count(), "test"));
}

void examine_names(const TestSelector& selector, const std::string& where,
                   const BuildContext& context, const ProjectSettings& project,
                   std::vector<std::string>& items)
{
  for (const std::string& name :
       select::tests_meant_by(selector, context.graph, &project.labels).unmatched) {
    items.push_back(fmt::format("{}: {}", where, name));
  }
}

} // namespace

void examine_tests(const BuildContext& context, const ProjectSettings& project,
                   Diagnosis& diagnosis)
{
  const Graph& graph = context.graph;
  diagnosis.checked.emplace_back("unmapped_tests");
  std::vector<std::string> unmapped =
      tests_that(graph, [&](TestId test) { return graph.mapping(test) == Mapping::unmapped; });
  if (!unmapped.empty()) {
    diagnosis.findings.push_back(
        {"unmapped_tests", Severity::problem,
         count_of_tests(unmapped, graph) + " are selected by every change",
         "their commands name nothing that is built or lies in the sources, so nobody knows what "
         "they run",
         "declare what they read with winnow_test_inputs(), or name the program in add_test()",
         std::move(unmapped)});
  }
  diagnosis.checked.emplace_back("opaque_tests");
  const std::vector<select::Closure> closures =
      select::closures_of(graph, &project.settings, &project.labels);
  std::vector<std::string> opaque = tests_that(
      graph, [&](TestId test) { return closures[test.value] == select::Closure::opaque; });
  if (!opaque.empty()) {
    diagnosis.findings.push_back(
        {"opaque_tests", Severity::advice,
         count_of_tests(opaque, graph) + " may read more than is known",
         "nothing says that their known inputs are all: a file of their directory that is no build "
         "input selects them",
         "declare their inputs with winnow_test_inputs(), or name them in selection.closed of "
         "winnow.json",
         std::move(opaque)});
  }
}

void examine_settings(const BuildContext& context, const ProjectSettings& project,
                      Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back("rule_names");
  const Settings& settings = project.settings;
  std::vector<std::string> unmatched;
  std::vector<std::string> idle;
  for (const ProjectRule& rule : settings.rules) {
    examine_names(rule.tests, rule.name, context, project, unmatched);
    for (const PathPattern& pattern : rule.patterns) {
      bool matches = false;
      context.work_tree.sources.files.for_each([&](std::string_view path, const ContentHash&) {
        matches = matches || pattern.matches(path);
      });
      if (!matches) {
        idle.push_back(fmt::format("{}: {}", rule.name, pattern.text()));
      }
    }
  }
  for (const RunRule& rule : settings.run_rules) {
    examine_names(rule.tests, rule.name, context, project, unmatched);
  }
  examine_names(settings.closed, "selection.closed", context, project, unmatched);
  examine_names(settings.opaque, "selection.opaque", context, project, unmatched);
  if (!unmatched.empty()) {
    diagnosis.findings.push_back(
        {"rule_names", Severity::problem, "winnow.json names tests that are not there",
         "they are gone, have another name, or are not part of this build tree; a rule that names "
         "them decides nothing",
         "correct the names in " + settings_path(context.tree.roots), std::move(unmatched)});
  }
  diagnosis.checked.emplace_back("idle_rules");
  if (!idle.empty() && context.work_tree.repository.has_value()) {
    diagnosis.findings.push_back(
        {"idle_rules", Severity::advice, "patterns of winnow.json match no file",
         "no file that git tracks or would track is called so",
         "correct or remove them in " + settings_path(context.tree.roots), std::move(idle)});
  }
}

} // namespace winnow::client
