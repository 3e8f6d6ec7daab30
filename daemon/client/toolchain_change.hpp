// Edits of toolchain files, which a tree that is configured again does not take up.
#pragma once

#include "analyzer/model/change.hpp"
#include "daemon/client/base_graph.hpp"
#include "daemon/client/build_context.hpp"

namespace winnow::client {

/// Whether `change` since `base` edits code that a toolchain consists of: a tree that was
/// configured before keeps what its toolchain gave it then. Comments and blanks are no code.
bool changes_toolchain(const BuildContext& context, const Change& change, const BaseState& base);

} // namespace winnow::client
