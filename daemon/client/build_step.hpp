// Builds what a selection needs.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/selection.hpp"
#include "daemon/client/build_context.hpp"

#include <optional>

namespace winnow::client {

enum class BuildOutcome { built, nothing_to_build, failed };

/// Lets ninja build the targets of the selection (everything after a fallback), its output passed
/// on, and records the graph of the tree as it is then.
Result<BuildOutcome> build_selection(const BuildContext& context, const Selection& selection);

/// The same for all that ninja builds by default.
Result<BuildOutcome> build_everything(const BuildContext& context);

} // namespace winnow::client
