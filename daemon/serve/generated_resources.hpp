// The resource specification that a test of a run writes for the others.
#pragma once

#include "analyzer/model/resource_spec.hpp"
#include "analyzer/model/test_result.hpp"
#include "daemon/serve/living_run.hpp"

#include <optional>

namespace winnow::serve {

/// What the test, which has just ended, left for the others; nothing if that is not its task, as it
/// is of none in a run with a specification from the start. A relative file is of the build tree.
/// Without a sound file a test that has passed becomes one that failed.
std::optional<ResourceSpec> take_generated_resources(LivingRun& run, TestResult& result);

} // namespace winnow::serve
