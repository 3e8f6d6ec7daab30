// Filters and the closure over fixtures.
#include "daemon/client/test_filters.hpp"

#include "analyzer/model/cmake_regex.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace winnow::client {
namespace {

using Expressions = std::vector<CMakeRegex>;

Result<Expressions> compiled(const std::vector<std::string>& texts)
{
  Expressions expressions;
  for (const std::string& text : texts) {
    Result<CMakeRegex> expression = CMakeRegex::compile(text);
    if (!expression) {
      return expression.error();
    }
    expressions.push_back(std::move(*expression));
  }
  return expressions;
}

bool any_label_matches(const TestDescription& test, const CMakeRegex& expression)
{
  return std::any_of(test.properties->labels.begin(), test.properties->labels.end(),
                     [&](const std::string& label) { return expression.matches(label); });
}

bool is_called(const TestDescription& test, std::string_view name)
{
  return name == test.key.name || name == test.key.display();
}

bool is_named(const TestDescription& test, const std::vector<std::string>& names)
{
  return names.empty() ||
         std::ranges::any_of(names, [&](const std::string& name) { return is_called(test, name); });
}

} // namespace

bool TestFilters::any() const
{
  return !names.empty() || !include.empty() || !exclude.empty() || !label_include.empty() ||
         !label_exclude.empty();
}

Result<std::vector<std::size_t>> filtered(std::span<const TestDescription> tests,
                                          const TestFilters& filters)
{
  Expressions rules[4];
  const std::vector<std::string>* texts[] = {&filters.include, &filters.exclude,
                                             &filters.label_include, &filters.label_exclude};
  for (std::size_t i = 0; i < 4; ++i) {
    Result<Expressions> expressions = compiled(*texts[i]);
    if (!expressions) {
      return expressions.error();
    }
    rules[i] = std::move(*expressions);
  }
  const auto& [include, exclude, label_include, label_exclude] = rules;
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < tests.size(); ++i) {
    const TestDescription& test = tests[i];
    const auto in_name = [&](const auto& rule) { return rule.matches(test.key.name); };
    const auto in_labels = [&](const auto& rule) { return any_label_matches(test, rule); };
    const bool excluded = !exclude.empty() && std::all_of(exclude.begin(), exclude.end(), in_name);
    const bool label_excluded = !label_exclude.empty() &&
                                std::all_of(label_exclude.begin(), label_exclude.end(), in_labels);
    if (is_named(test, filters.names) && std::all_of(include.begin(), include.end(), in_name) &&
        std::all_of(label_include.begin(), label_include.end(), in_labels) && !excluded &&
        !label_excluded) {
      chosen.push_back(i);
    }
  }
  return chosen;
}

std::string name_of_no_test(std::span<const TestDescription> tests, const TestFilters& filters)
{
  const auto unknown = std::ranges::find_if(filters.names, [&](const std::string& name) {
    return std::ranges::none_of(tests,
                                [&](const TestDescription& test) { return is_called(test, name); });
  });
  return unknown == filters.names.end() ? std::string() : *unknown;
}

namespace {

/// The tests that set up or clean up each fixture, by its name.
using Companions = std::unordered_map<std::string_view, std::vector<std::size_t>>;

Companions companions_among(std::span<const TestDescription> tests,
                            std::span<const std::size_t> candidates,
                            std::vector<std::string> TestProperties::*fixtures)
{
  Companions companions;
  for (const std::size_t candidate : candidates) {
    for (const std::string& fixture : (*tests[candidate].properties).*fixtures) {
      companions[fixture].push_back(candidate);
    }
  }
  return companions;
}

} // namespace

std::vector<AddedCompanion> missing_companions(std::span<const TestDescription> tests,
                                               std::span<const std::size_t> chosen,
                                               std::span<const std::size_t> candidates,
                                               const WantedCompanions& wanted)
{
  std::pair<Companion, Companions> kinds[] = {
      {Companion::setup, companions_among(tests, candidates, &TestProperties::fixtures_setup)},
      {Companion::cleanup, companions_among(tests, candidates, &TestProperties::fixtures_cleanup)}};
  std::vector<AddedCompanion> added;
  std::unordered_set<std::size_t> known(chosen.begin(), chosen.end());
  const auto test_at = [&](std::size_t place) {
    return place < chosen.size() ? chosen[place] : added[place - chosen.size()].test;
  };
  for (std::size_t next = 0; next < chosen.size() + added.size(); ++next) { // grows on the way
    const TestProperties& properties = tests[test_at(next)].properties;
    if (properties.disabled) {
      continue;
    }
    for (const std::string_view fixture : std::set<std::string_view>(
             properties.fixtures_required.begin(), properties.fixtures_required.end())) {
      for (auto& [kind, companions] : kinds) {
        // Taken, so that a fixture is looked at once and not once for each of its users.
        for (const std::size_t companion : std::exchange(companions[fixture], {})) {
          if ((!wanted || wanted(fixture, kind)) && known.insert(companion).second) {
            added.push_back({companion, kind, std::string(fixture)});
          }
        }
      }
    }
  }
  return added;
}

std::vector<std::size_t> with_fixtures(std::span<const TestDescription> tests,
                                       std::span<const std::size_t> chosen)
{
  std::vector<std::size_t> every(tests.size());
  std::iota(every.begin(), every.end(), std::size_t{0});
  std::vector<std::size_t> all(chosen.begin(), chosen.end());
  for (const AddedCompanion& added : missing_companions(tests, chosen, every, {})) {
    all.push_back(added.test);
  }
  std::sort(all.begin(), all.end());
  return all;
}

} // namespace winnow::client
