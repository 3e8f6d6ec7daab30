// A saved plan, read and checked against what it is asked to run on.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/plan.hpp"
#include "daemon/client/build_context.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace winnow::client {

/// What --plan and --chunk ask for.
struct PlanOptions {
  std::string file;                   ///< "" when no plan is given
  std::optional<std::uint32_t> chunk; ///< one chunk of it; all when not given
};

/// The plan in `file`, whatever it was made of. A user error when it cannot be read; a data error
/// when it is no plan.
Result<Plan> plan_in(const std::string& file);

/// The plan in `options.file`, fit for the work tree of `context`. A user error when it cannot be
/// read, was made of other sources, or has no such chunk; a data error when it is no plan.
Result<Plan> read_plan(const PlanOptions& options, const BuildContext& context);

/// What differs from HEAD, with the contents of now, by path as JSON holds it. Without git nothing
/// is known to differ. `plan_file` is not looked at: where a plan is kept says nothing of sources.
Result<std::vector<FileVersion>> planned_uncommitted(const BuildContext& context,
                                                     const std::string& plan_file);

/// The chunks of the plan that `options` ask for.
std::vector<Chunk> wanted_chunks(const Plan& plan, const PlanOptions& options);

} // namespace winnow::client
