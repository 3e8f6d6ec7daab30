// The selection a command line asks for.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/selection.hpp"
#include "daemon/client/build_context.hpp"
#include "daemon/client/change_options.hpp"

#include <vector>

namespace winnow::client {

/// What the change can affect: the asked change, together with all that differs from the contents
/// the graph was recorded from, since header lists are only true for those; by the project's rules.
Result<Selection> select_for(const BuildContext& context, const ChangeOptions& options);

/// Those of `tests` that are selected, and those the graph does not know.
std::vector<TestDescription> only_selected(std::vector<TestDescription> tests, const Graph& graph,
                                           const Selection& selection);

} // namespace winnow::client
