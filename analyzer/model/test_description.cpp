// How a test's key is shown, and what tests have in common.
#include "analyzer/model/test_description.hpp"

namespace winnow {

std::string TestKey::display() const
{
  return directory.empty() ? name : directory + "/" + name;
}

void share_properties(std::span<TestDescription> tests)
{
  for (std::size_t i = 1; i < tests.size(); ++i) {
    tests[i].properties.share_with(tests[i - 1].properties);
  }
}

} // namespace winnow
