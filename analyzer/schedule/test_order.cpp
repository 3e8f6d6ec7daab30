// Resolves the names that tests use for each other.
#include "analyzer/schedule/test_order.hpp"

#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace winnow::schedule {
namespace {

class TestNames {
 public:
  TestNames(const TestRefs& tests, SameName same_name) : tests_(tests), same_name_(same_name)
  {
    for (std::uint32_t test = 0; test < tests.size(); ++test) {
      by_name_[tests[test].key.name].push_back(test);
    }
  }

  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view directory,
                                                  std::string_view name) const
  {
    const auto found = by_name_.find(name);
    if (found == by_name_.end()) {
      return std::nullopt;
    }
    for (const std::uint32_t test : found->second) {
      if (same_name_ == SameName::first || tests_[test].key.directory == directory) {
        return test;
      }
    }
    return found->second.front();
  }

 private:
  const TestRefs& tests_;
  SameName same_name_;
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> by_name_;
};

} // namespace

TestOrder order_of(const TestRefs& tests, SameName same_name)
{
  TestOrder order;
  order.depends.resize(tests.size());
  const TestNames names(tests, same_name);
  std::map<std::string_view, Fixture> fixtures;
  for (std::uint32_t test = 0; test < tests.size(); ++test) {
    const TestProperties& properties = tests[test].properties;
    for (const std::string& name : properties.depends) {
      if (const auto found = names.find(tests[test].key.directory, name)) {
        order.depends[test].push_back(*found);
      }
    }
    for (const std::string& name : properties.fixtures_setup) {
      fixtures[name].setups.push_back(test);
    }
    for (const std::string& name : properties.fixtures_required) {
      fixtures[name].users.push_back(test);
    }
    for (const std::string& name : properties.fixtures_cleanup) {
      fixtures[name].cleanups.push_back(test);
    }
  }
  for (auto& [name, fixture] : fixtures) {
    fixture.name = name;
    order.fixtures.push_back(std::move(fixture));
  }
  return order;
}

} // namespace winnow::schedule
