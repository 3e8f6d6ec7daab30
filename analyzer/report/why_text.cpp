// Why one test is affected, or why it is not.
#include "analyzer/report/why_text.hpp"

#include "analyzer/model/reach.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/report/chain_text.hpp"
#include "analyzer/report/grouped_tests.hpp"
#include "analyzer/report/path_text.hpp"
#include "analyzer/report/quantity_text.hpp"
#include "analyzer/report/reason_text.hpp"
#include "analyzer/report/selection_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace winnow::report {
namespace {

std::string display(const Graph& graph, TestId test)
{
  return name_text(graph.key(test).display());
}

const SelectedTest* find_selected(const Selection& selection, TestId test)
{
  const auto found = std::find_if(selection.tests.begin(), selection.tests.end(),
                                  [&](const SelectedTest& one) { return one.test == test; });
  return found == selection.tests.end() ? nullptr : &*found;
}

std::string selected_text(const Graph& graph, const Selection& selection,
                          const SelectedTest& selected, const Paint& paint)
{
  std::string text = paint.bold(display(graph, selected.test) + " is affected") + "\n";
  if (selection.fallback) {
    text += fallback_text(*selection.fallback, paint);
  }
  for (const Reason& reason : selected.reasons) {
    if (reason.kind != ReasonKind::fallback) {
      text += "  " + reason_text(graph, reason) + "\n";
    }
  }
  return text;
}

/// What a test is made of, in the kinds that people think in.
struct Ingredients {
  std::size_t sources = 0;
  std::size_t built = 0;
  std::size_t outside = 0; ///< neither below the source root nor made by the build
  std::size_t tests = 0;
  std::vector<FileId> changed;
};

std::unordered_set<std::string_view> changed_paths(const Change& change)
{
  std::unordered_set<std::string_view> paths;
  for (const ChangedFile& file : change.files) {
    paths.insert(file.path);
    if (file.status == ChangeStatus::renamed) {
      paths.insert(file.old_path);
    }
  }
  return paths;
}

Ingredients ingredients_of(const Graph& graph, const Selection& selection, TestId test)
{
  Ingredients found;
  const std::unordered_set<std::string_view> changed = changed_paths(selection.change);
  const std::vector<NodeId> seeds{graph.node(test)};
  const Reach reached = reach(graph, seeds, Direction::dependencies);
  for (const NodeId node : reached.nodes()) {
    if (graph.kind(node) == NodeKind::test) {
      found.tests += graph.test(node) == test ? 0 : 1;
    } else if (graph.kind(node) == NodeKind::file) {
      const FileId file = graph.file(node);
      const bool is_built = graph.is_output(file);
      const bool is_source = !is_built && origin_of(graph.path(file)) == Origin::source;
      ++(is_built ? found.built : is_source ? found.sources : found.outside);
      if (changed.contains(graph.path(file))) {
        found.changed.push_back(file);
      }
    }
  }
  return found;
}

std::string counts_text(const Ingredients& found)
{
  std::string text = count_text(found.sources, "source file");
  const auto add = [&](std::size_t count, std::string_view noun) {
    if (count != 0) {
      text += ", " + count_text(count, noun);
    }
  };
  add(found.built, "built file");
  add(found.outside, "other file");
  add(found.tests, "test");
  return text;
}

std::string direct_text(const Graph& graph, TestId test)
{
  std::string text;
  for (const Neighbour& before : graph.dependencies(graph.node(test))) {
    text += fmt::format("  {} {} it\n", node_text(graph, before.node), name_of(before.kind).phrase);
  }
  return text;
}

std::string skipped_text(const Graph& graph, const Selection& selection, TestId test,
                         const Paint& paint)
{
  const Ingredients found = ingredients_of(graph, selection, test);
  std::string text = paint.bold(display(graph, test) + " is not affected") + "\n";
  if (found.changed.empty()) {
    text += fmt::format("it depends on {}; none of them changed\n", counts_text(found));
  } else {
    // Reached by the graph and yet not selected: the change left what the test sees as it was.
    text += fmt::format("it depends on {}; what changed of them makes no difference to it:\n",
                        counts_text(found));
    for (const FileId file : found.changed) {
      text += "  " + path_text(graph.path(file)) + "\n";
    }
  }
  const std::string direct = direct_text(graph, test);
  return direct.empty() ? text : text + "directly:\n" + direct;
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

std::string why_text(const Graph& graph, const Selection& selection, TestId test, Color color)
{
  const Paint paint(color);
  const SelectedTest* selected = find_selected(selection, test);
  return selected != nullptr ? selected_text(graph, selection, *selected, paint)
                             : skipped_text(graph, selection, test, paint);
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
