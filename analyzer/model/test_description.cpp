// How a test's key is shown, and what tests have in common.
#include "analyzer/model/test_description.hpp"

#include <algorithm>

namespace winnow {

std::string TestKey::display() const
{
  return directory.empty() ? name : directory + "/" + name;
}

void set_counts(std::vector<ResourceCount>& counts, const std::vector<ResourceCount>& newer)
{
  for (const ResourceCount& count : newer) {
    const auto same = std::ranges::find(counts, count.name, &ResourceCount::name);
    if (same == counts.end()) {
      counts.push_back(count);
    } else {
      same->count = count.count;
    }
  }
}

void share_properties(std::span<TestDescription> tests)
{
  for (std::size_t i = 1; i < tests.size(); ++i) {
    tests[i].properties.share_with(tests[i - 1].properties);
  }
}

} // namespace winnow
