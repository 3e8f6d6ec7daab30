// ctest's numbers, and what its -E hides.
#include "daemon/client/ctest_selection.hpp"

#include <algorithm>

namespace winnow::client {

namespace {

/// The tests that have a number, in its order.
Result<std::vector<std::size_t>> numbered_tests(std::span<const TestDescription> tests,
                                                const TestFilters& filters)
{
  TestFilters hiding;
  if (filters.include.empty()) {
    hiding.exclude = filters.exclude;
  }
  return filtered(tests, hiding);
}

} // namespace

Result<CTestSelection> select_tests(std::span<const TestDescription> tests,
                                    const TestFilters& filters)
{
  const Result<std::vector<std::size_t>> numbered = numbered_tests(tests, filters);
  if (!numbered) {
    return numbered.error();
  }
  const Result<std::vector<std::size_t>> chosen = filtered(tests, filters);
  if (!chosen) {
    return chosen.error();
  }
  CTestSelection selection;
  selection.numbered = static_cast<std::uint32_t>(numbered->size());
  auto place = numbered->begin();
  for (const std::size_t test : with_fixtures(tests, *chosen, *numbered)) {
    place = std::lower_bound(place, numbered->end(), test);
    selection.tests.push_back({static_cast<std::uint32_t>(place - numbered->begin() + 1),
                               static_cast<std::uint32_t>(test)});
  }
  return selection;
}

} // namespace winnow::client
