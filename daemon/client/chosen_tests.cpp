// Filters, their fixtures, then the selection.
#include "daemon/client/chosen_tests.hpp"

#include "daemon/client/selection_query.hpp"

namespace winnow::client {

Result<std::optional<std::vector<RequestedTest>>>
chosen_tests(const BuildContext& context, const std::vector<TestDescription>& listed,
             const TestFilters& filters, const std::optional<Selection>& selection)
{
  const auto matching = filtered(listed, filters);
  if (matching.has_error()) {
    return matching.error();
  }
  if (matching->empty() && filters.any()) {
    return std::optional<std::vector<RequestedTest>>();
  }
  std::vector<TestDescription> chosen;
  for (const std::size_t index : with_fixtures(listed, *matching)) {
    chosen.push_back(listed[index]);
  }
  if (selection) {
    chosen = only_selected(std::move(chosen), context.graph, *selection);
  }
  std::vector<RequestedTest> tests;
  for (TestDescription& test : chosen) {
    tests.push_back({std::move(test), 0});
  }
  return std::optional(std::move(tests));
}

} // namespace winnow::client
