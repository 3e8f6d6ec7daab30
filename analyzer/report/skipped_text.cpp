// Says what did not change, and what changed and is no matter.
#include "analyzer/report/skipped_text.hpp"

#include "analyzer/report/chain_text.hpp"
#include "analyzer/report/grouped_tests.hpp"
#include "analyzer/report/path_text.hpp"
#include "analyzer/report/quantity_text.hpp"
#include "analyzer/report/reason_text.hpp"
#include "analyzer/report/selection_text.hpp"

#include <fmt/format.h>

#include <string_view>

namespace winnow::report {
namespace {

constexpr GroupedTests::Limits terminal_limits{12, 24};

std::string display(const Graph& graph, TestId test)
{
  return name_text(graph.key(test).display());
}

std::string counts_text(const InputCounts& counts)
{
  std::string text = count_text(counts.sources, "source file");
  const auto add = [&](std::size_t count, std::string_view noun) {
    if (count != 0) {
      text += ", " + count_text(count, noun);
    }
  };
  add(counts.built, "built file");
  add(counts.outside, "other file");
  add(counts.tests, "test");
  return text;
}

std::size_t total(const InputCounts& counts)
{
  return counts.sources + counts.built + counts.outside + counts.tests;
}

std::string direct_text(const Graph& graph, TestId test)
{
  std::string text;
  for (const Neighbour& before : graph.dependencies(graph.node(test))) {
    text += fmt::format("  {} {} it\n", node_text(graph, before.node), name_of(before.kind).phrase);
  }
  return text.empty() ? text : "directly:\n" + text;
}

/// What is said of one file that changed; nothing of what did not.
std::string reason_line(const SkipReason& reason)
{
  switch (reason.kind) {
  case SkipReasonKind::ignored_file:
    return path_text(reason.file) + " lies in its part of the project, and cannot matter" +
           rule_text(reason.rule);
  case SkipReasonKind::closed:
    return path_text(reason.file) +
           " lies in its part of the project, but all inputs of the test are known";
  case SkipReasonKind::not_named:
    return path_text(reason.file) +
           " lies in its part of the project, but nothing that leads to the test names it";
  case SkipReasonKind::read_by_others:
    return path_text(reason.file) +
           " lies in its part of the project and is read by others; nothing tells that the test "
           "reads it, too";
  default:
    return path_text(reason.file);
  }
}

/// The same of many tests.
std::string shared_reason(const SkipReason& reason)
{
  switch (reason.kind) {
  case SkipReasonKind::unchanged_inputs:
    return "none of their inputs changed";
  case SkipReasonKind::no_difference:
    return path_text(reason.file) + " changed, but not what they see of it";
  case SkipReasonKind::ignored_file:
    return path_text(reason.file) + " changed beside them, and cannot matter" +
           rule_text(reason.rule);
  case SkipReasonKind::closed:
    return path_text(reason.file) + " changed beside them, but all their inputs are known";
  case SkipReasonKind::not_named:
    return path_text(reason.file) + " changed beside them, and nothing they run names it";
  case SkipReasonKind::read_by_others:
    return path_text(reason.file) + " changed beside them, which others read";
  case SkipReasonKind::independent:
    return "they depend on none of the targets asked for";
  case SkipReasonKind::own_test:
    return "they are a target's own tests";
  }
  return {};
}

std::string shared_reasons(const SkippedTest& skipped)
{
  std::string text;
  for (const SkipReason& reason : skipped.reasons) {
    text += (text.empty() ? "" : "; ") + shared_reason(reason);
  }
  return skipped.more_reasons == 0 ? text
                                   : text + fmt::format("; and {} more", skipped.more_reasons);
}

} // namespace

std::string last_green_text(const LastGreen& green)
{
  return state_text(green.commit) + (green.is_clean ? "" : " with uncommitted changes");
}

std::string why_skipped_text(const Graph& graph, const Selection& selection,
                             const SkippedTest& skipped, Color color)
{
  const Paint paint(color);
  std::string text = paint.bold(display(graph, skipped.test) + " is not " +
                                (selection.dependents ? "selected" : "affected")) +
                     "\n";
  if (const LastGreen* green = last_green_of(selection, skipped.test)) {
    text += fmt::format("it passed at {}\n", last_green_text(*green));
  }
  const SkipReasonKind first = skipped.reasons.front().kind;
  if (first == SkipReasonKind::independent || first == SkipReasonKind::own_test) {
    return text +
           fmt::format("it {}; it depends on {}\n",
                       first == SkipReasonKind::own_test
                           ? "is one of a target's own tests, which are left out"
                           : "depends on none of the targets asked for",
                       counts_text(skipped.inputs)) +
           direct_text(graph, skipped.test);
  }
  const bool unchanged = first == SkipReasonKind::unchanged_inputs;
  text += fmt::format("it depends on {}; {}\n", counts_text(skipped.inputs),
                      unchanged ? "none of them changed"
                                : "what changed of them makes no difference to it:");
  for (const SkipReason& reason : skipped.reasons) {
    if (reason.kind != SkipReasonKind::unchanged_inputs) {
      text += "  " + reason_line(reason) + "\n";
    }
  }
  if (skipped.more_reasons != 0) {
    text += fmt::format("  and {} more\n", skipped.more_reasons);
  }
  return text + direct_text(graph, skipped.test);
}

std::string skipped_to_text(const Graph& graph, std::span<const SkippedTest> skipped,
                            const InputsOf& inputs_of, Color color)
{
  const Paint paint(color);
  GroupedTests groups(terminal_limits);
  for (const SkippedTest& one : skipped) {
    const std::string words = shared_reasons(one);
    if (groups.has_room(words)) {
      groups.add(words, fmt::format("{} ({})", display(graph, one.test),
                                    count_text(total(inputs_of(one.test)), "input")));
    } else {
      groups.add_unnamed(words);
    }
  }
  return paint.bold(fmt::format("{} of {} not affected", skipped.size(),
                                count_text(graph.test_count(), "test"))) +
         "\n" + groups.text(paint);
}

} // namespace winnow::report
