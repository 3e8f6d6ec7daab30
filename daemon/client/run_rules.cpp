// The first rule that says something of a test counts.
#include "daemon/client/run_rules.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <utility>

namespace winnow::client {
namespace {

template <class T>
void set_first(std::optional<T>& known, const std::optional<T>& next)
{
  if (!known) {
    known = next;
  }
}

void add_place(Shared<std::string>& places, const std::string& place)
{
  places = Shared<std::string>(places->empty() ? place : fmt::format("{}, {}", *places, place));
}

void add_rule(Ruled& ruled, const RunRule& rule)
{
  set_first(ruled.repeat, rule.repeat);
  if (rule.stated == StatedResources()) {
    return;
  }
  set_first(ruled.stated.cpu_milli, rule.stated.cpu_milli);
  set_first(ruled.stated.memory_bytes, rule.stated.memory_bytes);
  std::vector<ResourceCount> pools = rule.stated.pools;
  set_counts(pools, ruled.stated.pools);
  ruled.stated.pools = std::move(pools);
  add_place(ruled.stated.stated_at, rule.name);
}

} // namespace

std::vector<select::NamedTest> named_tests(const ingest::TestListing& listing, const Roots& roots)
{
  std::vector<select::NamedTest> tests;
  tests.reserve(listing.tests.size());
  for (const TestDescription& test : listing.tests) {
    const auto directory = listing.source_directories.find(test.key.directory);
    const bool is_known =
        directory != listing.source_directories.end() && directory->second != roots.source;
    tests.push_back(
        {test.key, is_known ? roots.graph_path(directory->second) : "", test.properties->labels});
  }
  return tests;
}

std::vector<Ruled> ruled_tests(std::span<const RunRule> rules,
                               std::span<const select::NamedTest> tests)
{
  std::vector<Ruled> ruled(tests.size());
  for (const RunRule& rule : rules) {
    for (const std::size_t test : select::tests_meant_by(rule.tests, tests).tests) {
      add_rule(ruled[test], rule);
    }
  }
  return ruled;
}

StatedResources joined(StatedResources stated, const StatedResources& ruled)
{
  if (ruled == StatedResources()) {
    return stated;
  }
  stated.cpu_milli = ruled.cpu_milli ? ruled.cpu_milli : stated.cpu_milli;
  stated.memory_bytes = ruled.memory_bytes ? ruled.memory_bytes : stated.memory_bytes;
  set_counts(stated.pools, ruled.pools);
  add_place(stated.stated_at, *ruled.stated_at);
  return stated;
}

} // namespace winnow::client
