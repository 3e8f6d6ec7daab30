// What one file can affect, in words: by edges, by rules, or not at all.
#include "analyzer/report/file_text.hpp"

#include "analyzer/model/said_key.hpp"
#include "analyzer/report/path_text.hpp"
#include "analyzer/report/reason_text.hpp"
#include "analyzer/report/selection_text.hpp"
#include "analyzer/report/why_text.hpp"

#include <fmt/format.h>

namespace winnow::report {
namespace {

std::string by_rules(const Graph& graph, const Selection& selection)
{
  std::string text;
  for (const SelectedTest& selected : selection.tests) {
    const Reason& reason = selected.reasons.front();
    if (!reason.rule.empty() || reason.kind == ReasonKind::told_directory) {
      text += fmt::format("  {}: {}\n", name_text(graph.key(selected.test).display()),
                          reason_text(graph, reason));
    }
  }
  return text;
}

/// What was asked of everything that could read the file.
std::string unnamed_text(const std::vector<std::string>& names)
{
  std::string text;
  for (const std::string& name : names) {
    if (name != any_file) {
      text += (text.empty() ? "" : ", ") + name_text(name);
    }
  }
  return names.empty() ? text
                       : "no command, test, script or string literal says one of: " + text +
                             "; none looks through directories around it\n";
}

} // namespace

std::string file_text(const Graph& graph, const FileExplanation& explanation, Color color)
{
  const Paint paint(color);
  if (explanation.standing == FileStanding::ignored) {
    return paint.bold(path_text(explanation.path) + " can affect no test") +
           rule_text(explanation.ignore_rule) + "\n" + unnamed_text(explanation.unnamed);
  }
  std::string text;
  if (const auto file = graph.find_file(explanation.path);
      file && explanation.standing == FileStanding::known) {
    text = why_file_text(graph, *file, color);
  } else {
    text = paint.bold("no step and no test is known to read " + path_text(explanation.path)) + "\n";
  }
  if (explanation.selection.fallback) {
    return text + fallback_text(*explanation.selection.fallback, paint);
  }
  const std::string rules = by_rules(graph, explanation.selection);
  return rules.empty() ? text : text + "by rules:\n" + rules;
}

} // namespace winnow::report
