// Takes from each selection the reasons of its own tests.
#include "analyzer/select/joined_selection.hpp"

#include "analyzer/select/joined_change.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace winnow::select {
namespace {

/// What a fallback that is not everybody's says for itself.
std::string because_of(const Fallback& fallback)
{
  const std::string phrase(name_of(fallback.cause).phrase);
  return fallback.because.empty() ? phrase : phrase + ": " + fallback.because;
}

/// Whom a companion comes along with is seen once all groups are joined.
std::vector<Reason> own_reasons(const Selection& selection, TestId test)
{
  const SelectedTest* selected = find_selected(selection, test);
  if (selected == nullptr) {
    return {};
  }
  std::vector<Reason> reasons = selected->reasons;
  std::erase_if(reasons, [](const Reason& reason) { return reason.kind == ReasonKind::companion; });
  for (Reason& reason : reasons) {
    if (reason.kind == ReasonKind::fallback) {
      reason.because = because_of(*selection.fallback);
    }
  }
  return reasons;
}

void join_files(Selection& joined, std::span<const Selection> of_groups)
{
  std::unordered_set<std::string_view> ignored;
  for (const Selection& one : of_groups) {
    joined.change = select::joined(std::move(joined.change), one.change.files);
    for (const IgnoredFile& file : one.ignored) {
      if (ignored.insert(file.path).second) {
        joined.ignored.push_back(file);
      }
    }
    joined.configured_by.insert(joined.configured_by.end(), one.configured_by.begin(),
                                one.configured_by.end());
  }
  std::ranges::sort(joined.configured_by);
  const auto repeated = std::ranges::unique(joined.configured_by);
  joined.configured_by.erase(repeated.begin(), repeated.end());
}

SinceLastGreen compared_with(const Greens& greens, const GreenBases& bases,
                             std::span<const Selection> of_groups)
{
  SinceLastGreen since;
  std::vector<std::optional<std::size_t>> place(greens.states.size()); ///< in since.states
  for (std::size_t group = 0; group < of_groups.size(); ++group) {
    since.groups.push_back({of_groups[group].change, of_groups[group].ignored});
    for (const std::size_t state : bases.groups[group].states) {
      place[state] = since.states.size();
      since.states.push_back({greens.states[state].commit, greens.is_clean(state), group});
    }
  }
  for (const std::optional<std::size_t>& state : bases.states) {
    since.state_of.push_back(state ? place[*state] : std::nullopt);
  }
  return since;
}

} // namespace

Selection joined_selection(const Graph& graph, const Greens& greens, const GreenBases& bases,
                           std::span<const Selection> of_groups, const AlwaysSelected& always,
                           const ProjectRules& project)
{
  Selection joined;
  joined.change = {"last green", "work tree", {}};
  ReasonsByTest reasons(graph.test_count());
  for (std::size_t group = 0; group < of_groups.size(); ++group) {
    for (const TestId test : bases.groups[group].tests) {
      reasons[test.value] = own_reasons(of_groups[group], test);
    }
  }
  join_files(joined, of_groups);
  for (TestId test{0}; test.value < graph.test_count(); ++test.value) {
    if (const auto without = bases.without[test.value]) {
      Reason reason{ReasonKind::no_green, {}, {}};
      reason.because = no_green_phrases[static_cast<std::size_t>(*without)];
      reasons[test.value].push_back(std::move(reason));
    }
  }
  add_always_selected(graph, always, reasons, joined);
  const bool all_fell_back =
      !of_groups.empty() &&
      std::ranges::all_of(of_groups, [](const Selection& one) { return one.fallback.has_value(); });
  if (all_fell_back) {
    joined.fallback = of_groups.front().fallback;
  }
  finish_selection(graph, std::move(reasons), project, joined);
  joined.since_last_green = compared_with(greens, bases, of_groups);
  return joined;
}

} // namespace winnow::select
