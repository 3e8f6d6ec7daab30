// Why one test is affected, and what one file can affect.
#include "analyzer/report/why_text.hpp"

#include "analyzer/model/reach.hpp"
#include "analyzer/report/chain_text.hpp"
#include "analyzer/report/grouped_tests.hpp"
#include "analyzer/report/path_text.hpp"
#include "analyzer/report/quantity_text.hpp"
#include "analyzer/report/reason_text.hpp"
#include "analyzer/report/selection_text.hpp"
#include "analyzer/report/skipped_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace winnow::report {
namespace {

std::string display(const Graph& graph, TestId test)
{
  return name_text(graph.key(test).display());
}

bool configures(const Graph& graph, FileId file)
{
  const Neighbours users = graph.dependents(graph.node(file));
  return std::any_of(users.begin(), users.end(), [&](const Neighbour& user) {
    return graph.kind(user.node) == NodeKind::step &&
           graph.rule(graph.step(user.node)) == "RERUN_CMAKE";
  });
}

} // namespace

std::string why_selected_text(const Graph& graph, const Selection& selection,
                              const SelectedTest& selected, Color color)
{
  const Paint paint(color);
  std::string text = paint.bold(display(graph, selected.test) +
                                (selection.dependents ? " is selected" : " is affected")) +
                     "\n";
  if (const LastGreen* green = last_green_of(selection, selected.test)) {
    text += fmt::format("it last passed at {}\n", last_green_text(*green));
  }
  if (selection.fallback) {
    text += fallback_text(*selection.fallback, paint);
  }
  for (const Reason& reason : selected.reasons) {
    if (reason.kind != ReasonKind::fallback || !selection.fallback) {
      text += "  " + reason_text(graph, reason) + "\n";
    }
  }
  return text;
}

std::string why_file_text(const Graph& graph, FileId file, Color color)
{
  const Paint paint(color);
  const std::vector<NodeId> seeds{graph.node(file)};
  const Reach reached = reach(graph, seeds, Direction::dependents);
  GroupedTests tests;
  std::size_t count = 0;
  for (const NodeId node : reached.nodes()) {
    if (graph.kind(node) == NodeKind::test) {
      tests.add(inner_chain_text(graph, reached.chain_to(node)), display(graph, graph.test(node)));
      ++count;
    }
  }
  const std::string headline = fmt::format("{} can affect {} of {}", path_text(graph.path(file)),
                                           count, count_text(graph.test_count(), "test"));
  const std::string remark =
      configures(graph, file)
          ? "  configuring reads it: an edit also affects what it changes of the build\n"
          : "";
  return paint.bold(headline) + "\n" + remark + tests.text(paint);
}

} // namespace winnow::report
