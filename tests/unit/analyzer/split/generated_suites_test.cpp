// Properties of every plan, over generated suites.
#include "analyzer/split/split.hpp"
#include "tests/support/dice.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::split;
using tests::Dice;

namespace {

struct Suite {
  std::vector<TestDescription> tests;
  History history;
  SplitOptions options;
};

std::uint32_t number_between(Dice& dice, std::uint32_t least, std::uint32_t most)
{
  return static_cast<std::uint32_t>(dice.between(least, most));
}

std::string fixture_name(Dice& dice)
{
  return "fixture" + std::to_string(dice.between(0, 4));
}

Suite generate(std::uint32_t seed)
{
  Dice dice(seed);
  Suite suite;
  const std::int64_t count = dice.between(1, 150);
  for (std::int64_t index = 0; index < count; ++index) {
    TestDescription& test = suite.tests.emplace_back();
    test.key = {"d" + std::to_string(dice.between(0, 3)), "t" + std::to_string(index)};
    TestProperties& properties = test.properties.edit();
    if (index > 0 && dice.one_in(10)) {
      properties.depends = {"t" + std::to_string(dice.between(0, index - 1))};
    }
    // Setups first, cleanups last, and DEPENDS backwards: nothing can close a circle.
    if (index < 5 && index + 5 < count && dice.one_in(2)) {
      properties.fixtures_setup = {"fixture" + std::to_string(index)};
    } else if (index >= 5 && index + 5 >= count) {
      properties.fixtures_cleanup = {fixture_name(dice)};
    } else if (index >= 5 && dice.one_in(5)) {
      properties.fixtures_required = {fixture_name(dice)};
    }
    if (dice.one_in(20)) {
      properties.resource_locks = {"lock" + std::to_string(dice.between(0, 1))};
    }
    properties.run_serial = dice.one_in(40);
    properties.disabled = dice.one_in(40);
    if (!dice.one_in(5)) {
      suite.history[test.key] = {.duration_us = dice.between(1, 1000) * 1000, .attempts = 1};
    }
  }
  suite.options.machine.cpu_milli = number_between(dice, 1, 4) * 1000;
  switch (dice.between(0, 2)) {
  case 0:
    suite.options.cut = ChunkCount{number_between(dice, 1, 20)};
    break;
  case 1:
    suite.options.cut = MaxTests{number_between(dice, 1, 40)};
    break;
  default:
    suite.options.cut = TargetTime{0.5 * number_between(dice, 1, 40)};
  }
  return suite;
}

/// Where each test is, by name: names do not repeat in generated suites.
std::map<std::string, std::set<std::uint32_t>> places_in(const Plan& plan)
{
  std::map<std::string, std::set<std::uint32_t>> places;
  for (const Chunk& chunk : plan.chunks) {
    for (const TestKey& test : chunk.tests) {
      places[test.name].insert(chunk.index);
    }
  }
  return places;
}

bool contains(const std::vector<std::string>& names, const std::string& name)
{
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Each chunk with a user of a fixture has all its setups and cleanups.
bool fixtures_are_whole(const Suite& suite, const Plan& plan)
{
  const auto places = places_in(plan);
  for (const TestDescription& user : suite.tests) {
    if (user.properties->disabled) {
      continue;
    }
    for (const std::string& fixture : user.properties->fixtures_required) {
      for (const TestDescription& other : suite.tests) {
        if (!contains(other.properties->fixtures_setup, fixture) &&
            !contains(other.properties->fixtures_cleanup, fixture)) {
          continue;
        }
        const auto& of_user = places.at(user.key.name);
        const auto& of_other = places.at(other.key.name);
        if (!std::includes(of_other.begin(), of_other.end(), of_user.begin(), of_user.end())) {
          return false;
        }
      }
    }
  }
  return true;
}

bool chains_are_whole(const Suite& suite, const Plan& plan)
{
  const auto places = places_in(plan);
  return std::all_of(suite.tests.begin(), suite.tests.end(), [&](const TestDescription& test) {
    const auto& of_test = places.at(test.key.name);
    return test.properties->disabled ||
           std::all_of(test.properties->depends.begin(), test.properties->depends.end(),
                       [&](const std::string& name) {
                         const auto& of_other = places.at(name);
                         return std::includes(of_other.begin(), of_other.end(), of_test.begin(),
                                              of_test.end());
                       });
  });
}

/// Whether the test is only in several chunks because a fixture is.
bool may_repeat(const Suite& suite, const std::string& name)
{
  std::set<std::string> needed;
  for (auto test = suite.tests.rbegin(); test != suite.tests.rend(); ++test) {
    const TestProperties& properties = test->properties;
    if (!properties.fixtures_setup.empty() || !properties.fixtures_cleanup.empty() ||
        needed.contains(test->key.name)) {
      needed.insert(test->key.name);
      needed.insert(properties.depends.begin(), properties.depends.end());
    }
  }
  return needed.contains(name);
}

bool same(const Plan& left, const Plan& right)
{
  return std::equal(left.chunks.begin(), left.chunks.end(), right.chunks.begin(),
                    right.chunks.end(), [](const Chunk& one, const Chunk& other) {
                      return one.tests == other.tests && one.predicted_s == other.predicted_s;
                    });
}

} // namespace

BOOST_AUTO_TEST_SUITE(generated_suites)

BOOST_AUTO_TEST_CASE(every_plan_keeps_what_belongs_together_and_loses_nothing)
{
  for (std::uint32_t seed = 0; seed < 2000; ++seed) {
    const Suite suite = generate(seed);
    const Plan plan = split::split(suite.tests, suite.history, suite.options).value();
    BOOST_TEST_CONTEXT("seed " << seed)
    {
      const auto places = places_in(plan);
      BOOST_TEST(places.size() == suite.tests.size());
      for (const auto& [name, chunks] : places) {
        BOOST_TEST((chunks.size() == 1 || may_repeat(suite, name)));
      }
      for (const Chunk& chunk : plan.chunks) {
        BOOST_TEST(!chunk.tests.empty());
        BOOST_TEST(chunk.predicted_s <= plan.predicted_s);
        BOOST_TEST((std::set(chunk.tests.begin(), chunk.tests.end()).size() == chunk.tests.size()));
      }
      if (const auto* count = std::get_if<ChunkCount>(&suite.options.cut)) {
        BOOST_TEST(plan.chunks.size() <= count->chunks);
      }
      BOOST_TEST(fixtures_are_whole(suite, plan));
      BOOST_TEST(chains_are_whole(suite, plan));
      BOOST_TEST(plan.lower_bound_s <= plan.predicted_s);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_same_suite_has_the_same_plan)
{
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    const Suite suite = generate(seed);
    BOOST_TEST(same(split::split(suite.tests, suite.history, suite.options).value(),
                    split::split(suite.tests, suite.history, suite.options).value()));
  }
}

BOOST_AUTO_TEST_CASE(chunks_of_many_plain_tests_are_within_a_hundredth_of_the_bound)
{
  Dice dice(1);
  Suite suite;
  for (std::uint32_t index = 0; index < 1000; ++index) {
    TestDescription& test = suite.tests.emplace_back();
    test.key = {"", "t" + std::to_string(index)};
    suite.history[test.key] = {.duration_us = dice.between(1, dice.one_in(10) ? 1000 : 100) * 1000,
                               .attempts = 1};
  }
  for (const std::uint32_t chunks : {2U, 7U, 64U}) {
    const SplitOptions options{ChunkCount{chunks}, {.cpu_milli = 1000}};
    const Plan plan = split::split(suite.tests, suite.history, options).value();
    BOOST_TEST(plan.chunks.size() == chunks);
    BOOST_TEST(plan.predicted_s <= plan.lower_bound_s * 1.01);
  }
}

BOOST_AUTO_TEST_SUITE_END()
