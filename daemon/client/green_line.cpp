// Asks git for the history, and the daemon for the verdicts.
#include "daemon/client/green_line.hpp"

#include "analyzer/change/history_line.hpp"
#include "daemon/client/branch_name.hpp"

#include <algorithm>
#include <utility>

namespace winnow::client {
namespace {

/// Git lists these in some tens of milliseconds; what is older is too old to compare with.
constexpr std::size_t history_limit = 10'000;

/// The history of HEAD as far as it has to be known to place these states: most often tests failed
/// at HEAD, and git is not asked. Without a history every branch's verdicts count that nobody can
/// place.
Result<select::GreenLine> line_of_states(const BuildContext& context, const Greens& greens)
{
  const std::string& head = context.work_tree.sources.commit;
  const bool at_head = std::ranges::all_of(
      greens.states, [&](const GreenState& state) { return state.commit == head; });
  if (context.work_tree.repository && !head.empty() && !at_head) {
    return green_line(context, "");
  }
  select::GreenLine line;
  line.build_dir = context.tree.roots.build;
  if (context.work_tree.repository && !head.empty()) {
    line.branch = branch_name(context.work_tree.branch);
    line.places.emplace(head, 0);
  }
  return line;
}

} // namespace

Result<select::GreenLine> green_line(const BuildContext& context, const std::string& branch)
{
  const Result<change::Repository>& repository = context.work_tree.repository;
  if (repository.has_error()) {
    return repository.error();
  }
  select::GreenLine line;
  const std::string& head = context.work_tree.sources.commit;
  const Result<std::string> tip =
      branch.empty() && !head.empty()
          ? Result<std::string>(head)
          : change::commit_of(*repository, branch.empty() ? "HEAD" : branch);
  if (tip.has_error()) {
    return tip.error();
  }
  const Result<std::vector<std::string>> commits =
      change::newest_commits(*repository, *tip, history_limit);
  if (commits.has_error()) {
    return commits.error();
  }
  line.build_dir = context.tree.roots.build;
  line.branch = branch.empty() ? branch_name(context.work_tree.branch) : branch;
  line.uncommitted =
      branch.empty() ? select::UncommittedStates::count : select::UncommittedStates::do_not_count;
  for (const std::string& commit : *commits) {
    line.places.emplace(commit, line.places.size());
  }
  return line;
}

Result<std::vector<TestId>> known_red_tests(const BuildContext& context)
{
  const Result<Greens>& greens = context.red_tests.get();
  if (greens.has_error()) {
    return greens.error();
  }
  if (greens->standings.empty()) {
    return std::vector<TestId>();
  }
  const Result<select::GreenLine> line = line_of_states(context, *greens);
  if (line.has_error()) {
    return line.error();
  }
  return select::red_tests(context.graph, *greens, *line);
}

} // namespace winnow::client
