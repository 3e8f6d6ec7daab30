// Names and labels first, then the fixtures of what is left.
#include "daemon/client/ctest_filters.hpp"

#include "analyzer/model/cmake_regex.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace winnow::client {

namespace {

struct Patterns {
  std::optional<CMakeRegex> include;
  std::optional<CMakeRegex> exclude;
  std::vector<CMakeRegex> include_labels;
  std::vector<CMakeRegex> exclude_labels;
};

Result<void> compile(const std::string& pattern, std::optional<CMakeRegex>& into)
{
  if (pattern.empty()) {
    return {};
  }
  Result<CMakeRegex> regex = CMakeRegex::compile(pattern);
  if (!regex) {
    return regex.error();
  }
  into = std::move(*regex);
  return {};
}

Result<void> compile(const std::vector<std::string>& patterns, std::vector<CMakeRegex>& into)
{
  for (const std::string& pattern : patterns) {
    Result<CMakeRegex> regex = CMakeRegex::compile(pattern);
    if (!regex) {
      return regex.error();
    }
    into.push_back(std::move(*regex));
  }
  return {};
}

Result<Patterns> compiled(const CTestFilters& filters)
{
  Patterns patterns;
  for (const Result<void>& done :
       {compile(filters.include, patterns.include), compile(filters.exclude, patterns.exclude),
        compile(filters.include_labels, patterns.include_labels),
        compile(filters.exclude_labels, patterns.exclude_labels)}) {
    if (!done) {
      return done.error();
    }
  }
  return patterns;
}

bool each_matches_some(const std::vector<CMakeRegex>& patterns,
                       const std::vector<std::string>& labels)
{
  return std::ranges::all_of(patterns, [&](const CMakeRegex& pattern) {
    return std::ranges::any_of(labels,
                               [&](const std::string& label) { return pattern.matches(label); });
  });
}

bool excluded_by_name(const TestDescription& test, const Patterns& patterns)
{
  return patterns.exclude && patterns.exclude->matches(test.key.name);
}

bool passes(const TestDescription& test, const Patterns& patterns)
{
  const std::vector<std::string>& labels = test.properties.labels;
  return (!patterns.include || patterns.include->matches(test.key.name)) &&
         !excluded_by_name(test, patterns) && each_matches_some(patterns.include_labels, labels) &&
         (patterns.exclude_labels.empty() || !each_matches_some(patterns.exclude_labels, labels));
}

/// Fixture → the numbered tests that set it up or clean it up.
using FixtureTests = std::unordered_map<std::string_view, std::vector<std::uint32_t>>;

FixtureTests fixture_tests(std::span<const TestDescription> tests,
                           std::span<const NumberedTest> numbered)
{
  FixtureTests found;
  for (std::uint32_t at = 0; at < numbered.size(); ++at) {
    const TestProperties& properties = tests[numbered[at].test].properties;
    for (const auto* fixtures : {&properties.fixtures_setup, &properties.fixtures_cleanup}) {
      for (const std::string& fixture : *fixtures) {
        found[fixture].push_back(at);
      }
    }
  }
  return found;
}

std::vector<NumberedTest> numbered_tests(std::span<const TestDescription> tests,
                                         const Patterns& patterns)
{
  const bool excluded_are_unseen = patterns.exclude && !patterns.include;
  std::vector<NumberedTest> numbered;
  for (std::uint32_t test = 0; test < tests.size(); ++test) {
    if (!excluded_are_unseen || !excluded_by_name(tests[test], patterns)) {
      numbered.push_back({static_cast<std::uint32_t>(numbered.size() + 1), test});
    }
  }
  return numbered;
}

} // namespace

Result<CTestSelection> select_tests(std::span<const TestDescription> tests,
                                    const CTestFilters& filters)
{
  const Result<Patterns> patterns = compiled(filters);
  if (!patterns) {
    return patterns.error();
  }
  const std::vector<NumberedTest> numbered = numbered_tests(tests, *patterns);
  std::vector<bool> is_selected(numbered.size());
  std::vector<std::uint32_t> selected; // indices of `numbered`
  const auto add = [&](std::uint32_t at) {
    if (!is_selected[at]) {
      is_selected[at] = true;
      selected.push_back(at);
    }
  };
  for (std::uint32_t at = 0; at < numbered.size(); ++at) {
    if (passes(tests[numbered[at].test], *patterns)) {
      add(at);
    }
  }
  const FixtureTests of_fixture = fixture_tests(tests, numbered);
  for (std::size_t next = 0; next < selected.size(); ++next) { // grows on the way
    const TestProperties& properties = tests[numbered[selected[next]].test].properties;
    if (properties.disabled) {
      continue;
    }
    for (const std::string& fixture : properties.fixtures_required) {
      if (const auto found = of_fixture.find(fixture); found != of_fixture.end()) {
        std::ranges::for_each(found->second, add);
      }
    }
  }
  std::ranges::sort(selected);
  CTestSelection selection;
  selection.numbered = static_cast<std::uint32_t>(numbered.size());
  for (const std::uint32_t at : selected) {
    selection.tests.push_back(numbered[at]);
  }
  return selection;
}

} // namespace winnow::client
