// Lets ninja build, and makes sure that it leaves nothing out of date.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/test_description.hpp"
#include "daemon/client/build_context.hpp"

#include <string>
#include <vector>

namespace winnow::client {

enum class BuildOutcome { built, nothing_to_build, failed };

/// What is to be up to date afterwards.
struct WantedBuild {
  enum class Extent { these, everything };

  Extent extent = Extent::these;    ///< everything: all that ninja builds by default, all tests
  std::vector<std::string> outputs; ///< names that build.ninja has
  std::vector<TestKey> tests;       ///< whatever they depend on
  const Change* change = nullptr;   ///< what is known to have changed; may be null
};

/// Removes the outputs of steps that ninja would take for done although they are older than what
/// they read (stale_steps.hpp), calls ninja, its output passed on, and records the graph of the
/// tree as it is then: again as long as that finds such steps, each twice at most. What was removed
/// and why is said where much is to be said; what cannot be removed always.
Result<BuildOutcome> build_with_ninja(const BuildContext& context, const WantedBuild& wanted);

/// Whether build_with_ninja() would find nothing out of date. Where it cannot be told, it would.
bool has_nothing_to_build(const BuildContext& context, const WantedBuild& wanted);

} // namespace winnow::client
