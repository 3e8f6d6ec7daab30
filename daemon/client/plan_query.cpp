// From a change to a plan that knows of which sources it was made.
#include "daemon/client/plan_query.hpp"

#include "analyzer/schedule/tasks_from_tests.hpp"
#include "analyzer/split/durations.hpp"
#include "daemon/client/build_step.hpp"
#include "daemon/client/declared_resources.hpp"
#include "daemon/client/known_history.hpp"
#include "daemon/client/plan_file.hpp"
#include "daemon/client/planned_tests.hpp"
#include "daemon/client/project_settings.hpp"
#include "daemon/client/selection_query.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace winnow::client {
namespace {

/// winnow.json is read only where tests ask for what it may declare.
Result<split::SplitOptions> with_declared_resources(split::SplitOptions options,
                                                    const ingest::TestListing& listing,
                                                    const BuildContext& context)
{
  const auto asks = [](const TestDescription& test) { return !test.stated.pools.empty(); };
  if (std::ranges::none_of(listing.tests, asks)) {
    return options;
  }
  Result<Settings> settings = read_settings(context.tree.roots);
  if (settings.has_error()) {
    return settings.error();
  }
  const Result<std::vector<CountedResource>> declared =
      declared_resources(std::move(settings->resources), listing.resources);
  if (declared.has_error()) {
    return declared.error();
  }
  options.pools = schedule::capacities_of(*declared);
  return options;
}

} // namespace

Result<PlannedSelection> plan_for(const BuildContext& context, const PlanQuery& query)
{
  const Result<ingest::TestListing> listing = test_listing(context);
  if (listing.has_error()) {
    return listing.error();
  }
  const std::vector<TestDescription>& listed = listing->tests;
  const Result<split::SplitOptions> cut = with_declared_resources(query.split, *listing, context);
  if (cut.has_error()) {
    return cut.error();
  }
  PlannedSelection planned;
  std::vector<TestDescription> tests = listed;
  if (query.change) {
    Result<Selection> selection = select_for(context, *query.change);
    if (selection.has_error()) {
      return selection.error();
    }
    tests = only_selected(std::move(tests), context.graph, *selection);
    planned.selection = std::move(*selection);
  }
  const History history = known_history(context.tree, query.daemon);
  Result<Plan> plan = split::split(tests, history, *cut, targets_of_tests(context.graph), listed);
  if (plan.has_error()) {
    return plan.error();
  }
  Result<std::vector<FileVersion>> uncommitted = planned_uncommitted(context, query.file);
  if (uncommitted.has_error()) {
    return uncommitted.error();
  }
  plan->commit = context.work_tree.sources.commit;
  plan->uncommitted = std::move(*uncommitted);
  note_discovering_targets(*plan, context.graph);
  planned.plan = std::move(*plan);
  planned.unmeasured = static_cast<std::size_t>(
      std::count_if(tests.begin(), tests.end(), [&](const TestDescription& test) {
        return !test.properties->disabled && !split::is_measured(test, history);
      }));
  return planned;
}

} // namespace winnow::client
