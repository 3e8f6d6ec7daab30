// The tests that filters and a change let through.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/run_request.hpp"
#include "analyzer/model/selection.hpp"
#include "daemon/client/build_context.hpp"
#include "daemon/client/test_filters.hpp"

#include <optional>
#include <vector>

namespace winnow::client {

/// Of the `listed` tests those that pass the filters, with the fixtures they need, and are in the
/// `selection` if there is one. Nothing where the filters match no test at all, affected or not.
Result<std::optional<std::vector<RequestedTest>>>
chosen_tests(const BuildContext& context, const std::vector<TestDescription>& listed,
             const TestFilters& filters, const std::optional<Selection>& selection);

} // namespace winnow::client
