// The plan a command line asks for.
#pragma once

#include "analyzer/model/budget.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/plan.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/split/split.hpp"
#include "daemon/client/build_context.hpp"
#include "daemon/client/change_options.hpp"
#include "daemon/client/user_daemon.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace winnow::client {

struct PlanQuery {
  split::Cut cut;
  /// Of a chunk; unset: what winnow.json says, or this machine has.
  std::optional<std::uint32_t> cpus;
  std::optional<Budget> memory;
  std::optional<ChangeOptions> change; ///< none: all tests
  DaemonChoice daemon = DaemonChoice::shared;
  split::BuildTime build_time = split::BuildTime::left_out;
  std::string file; ///< where the plan will be kept; "" for nowhere in particular
};

struct PlannedSelection {
  Plan plan;
  std::optional<Selection> selection; ///< none: all tests
  std::size_t unmeasured = 0;         ///< tests in it whose duration no run has measured
};

/// Selects, asks what past runs measured, and cuts.
Result<PlannedSelection> plan_for(const BuildContext& context, const PlanQuery& query);

} // namespace winnow::client
