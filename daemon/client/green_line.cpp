// Asks git for the history, and the daemon for the verdicts.
#include "daemon/client/green_line.hpp"

#include "analyzer/change/history_line.hpp"
#include "daemon/client/branch_name.hpp"
#include "daemon/client/known_history.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <utility>

namespace winnow::client {
namespace {

/// Git lists these in some tens of milliseconds; what is older is too old to compare with.
constexpr std::size_t history_limit = 10'000;

Result<std::vector<TestId>> find_red_tests(const BuildContext& context)
{
  const Result<Greens> greens = known_greens(context.tree, GreensOf::red_tests);
  if (greens.has_error()) {
    return greens.error();
  }
  if (greens->standings.empty()) {
    return std::vector<TestId>();
  }
  // Without a history every branch's verdicts count that nobody can place.
  select::GreenLine line;
  line.build_dir = context.tree.roots.build;
  if (context.work_tree.repository && !context.work_tree.sources.commit.empty()) {
    Result<select::GreenLine> found = green_line(context, "");
    if (found.has_error()) {
      return found.error();
    }
    line = std::move(*found);
  }
  return select::red_tests(context.graph, *greens, line);
}

} // namespace

Result<select::GreenLine> green_line(const BuildContext& context, const std::string& branch)
{
  const Result<change::Repository>& repository = context.work_tree.repository;
  if (repository.has_error()) {
    return repository.error();
  }
  select::GreenLine line;
  const Result<std::string> tip = change::commit_of(*repository, branch.empty() ? "HEAD" : branch);
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

std::vector<TestId> known_red_tests(const BuildContext& context)
{
  Result<std::vector<TestId>> red = find_red_tests(context);
  if (red.has_error()) {
    fmt::print(stderr, "winnow: which tests are red is not known: {}\n", red.error().message);
    return {};
  }
  return std::move(*red);
}

} // namespace winnow::client
