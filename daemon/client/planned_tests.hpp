// The tests of a plan, found in a build tree.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/plan.hpp"
#include "analyzer/model/planned_run.hpp"
#include "analyzer/model/run_request.hpp"
#include "daemon/client/build_context.hpp"
#include "daemon/client/plan_file.hpp"

#include <vector>

namespace winnow::client {

struct PlannedTests {
  std::vector<RequestedTest> tests;
  std::vector<DiscoveredTest> discovered; ///< those of them that the plan does not name
};

/// The tests of the chunks that `options` ask for, chunk by chunk in the plan's order. A plan names
/// tests exactly; beside those a chunk has what its `discovers` turned out to have: cases without a
/// name when the plan was made. `listed` are the tests that the build tree has now. A user error
/// names those of the plan that it does not have.
Result<PlannedTests> planned_tests(const Plan& plan, const PlanOptions& options,
                                   const BuildContext& context,
                                   const std::vector<TestDescription>& listed);

/// For each chunk the targets that it `discovers`: the executables all of whose known tests the
/// plan has, each in the first chunk with one of them.
void note_discovering_targets(Plan& plan, const Graph& graph);

} // namespace winnow::client
