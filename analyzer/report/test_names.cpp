// The names by which tests are listed for scripts.
#include "analyzer/report/test_names.hpp"

namespace winnow::report {

TestNames::TestNames(const Graph& graph)
{
  count_.reserve(graph.test_count());
  for (std::uint32_t i = 0; i < graph.test_count(); ++i) {
    ++count_[graph.name(TestId{i})];
  }
}

TestNames::TestNames(std::span<const TestDescription> tests)
{
  count_.reserve(tests.size());
  for (const TestDescription& test : tests) {
    add(test.key);
  }
}

void TestNames::add(const TestKey& key)
{
  ++count_[key.name];
}

bool TestNames::repeats(std::string_view name) const
{
  const auto found = count_.find(name);
  return found != count_.end() && found->second > 1;
}

std::string TestNames::of(const TestKey& key) const
{
  return repeats(key.name) ? key.display() : key.name;
}

void append_entry(std::string& list, std::string_view entry, Separator separator)
{
  list += entry;
  list += static_cast<char>(separator);
}

} // namespace winnow::report
