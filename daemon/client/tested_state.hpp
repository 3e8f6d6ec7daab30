// The state of the sources that the tests of a build tree would be run at.
#pragma once

#include "analyzer/ingest/build_tree.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/settings.hpp"
#include "analyzer/model/tested_state.hpp"
#include "daemon/client/build_context.hpp"

#include <optional>
#include <string>

namespace winnow::client {

/// Names the compilers of the tree and the settings in its cache, the roots' paths and volatile
/// settings apart: equal where CMake was told the same, and made the same of it.
Result<std::string> settings_name(const ingest::BuildTree& tree, const VolatileStamps& meaningless);

/// The sources as they are now; nothing where they cannot be compared with later, as without git,
/// without a commit, with an edited submodule or with very many uncommitted files. Whether the
/// programs of the tree are built from them is another question.
Result<std::optional<TestedState>> state_to_test(const BuildContext& context);

} // namespace winnow::client
