// From a change to a plan that knows of which sources it was made.
#include "daemon/client/plan_query.hpp"

#include "analyzer/schedule/tasks_from_tests.hpp"
#include "analyzer/split/durations.hpp"
#include "daemon/client/build_needs_of_tests.hpp"
#include "daemon/client/build_step.hpp"
#include "daemon/client/heeded_settings.hpp"
#include "daemon/client/known_history.hpp"
#include "daemon/client/plan_file.hpp"
#include "daemon/client/planned_tests.hpp"
#include "daemon/client/selection_query.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace winnow::client {
namespace {

/// What a chunk runs on, as far as winnow.json and the command line say; else what is here.
schedule::Capacity machine_of_chunk(const PlanQuery& query, const RunCapacity& capacity)
{
  const schedule::Capacity here = machine_of_daemon();
  schedule::Capacity machine{.cpu_milli = here.cpu_milli, .memory_bytes = here.memory_bytes};
  if (query.cpus) {
    machine.cpu_milli = schedule::milli_of(*query.cpus);
  } else if (capacity.cpu) {
    const std::uint64_t cpus = capacity.cpu->of(here.cpu_milli / 1000);
    machine.cpu_milli = schedule::milli_of(static_cast<std::uint32_t>(cpus));
  }
  if (const auto& memory = query.memory ? query.memory : capacity.memory) {
    machine.memory_bytes = memory->of(here.memory_bytes);
  }
  return machine;
}

} // namespace

Result<PlannedSelection> plan_for(const BuildContext& context, const PlanQuery& query)
{
  Result<ingest::TestListing> listing = test_listing(context);
  if (listing.has_error()) {
    return listing.error();
  }
  const Result<HeededSettings> heeded = heed_settings(context.tree.roots, *listing);
  if (heeded.has_error()) {
    return heeded.error();
  }
  const std::vector<TestDescription>& listed = listing->tests;
  const split::SplitOptions options{query.cut, machine_of_chunk(query, heeded->settings.capacity),
                                    schedule::capacities_of(heeded->resources), query.build_time};
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
  Result<Plan> plan = split::split(
      tests, history, options,
      {targets_of_tests(context.graph), build_needs_of_tests(context.graph, context.tree.roots)},
      listed);
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
