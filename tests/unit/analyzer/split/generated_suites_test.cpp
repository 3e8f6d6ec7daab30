// Properties of every plan, over generated suites.
#include "analyzer/split/split.hpp"
#include "tests/support/dice.hpp"
#include "tests/support/plan_check.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::split;
using tests::Dice;
using tests::GeneratedSuite;

namespace {

Plan cut(const GeneratedSuite& suite)
{
  return split::split(suite.tests, suite.history, suite.options, suite.builds).value();
}

} // namespace

BOOST_AUTO_TEST_SUITE(generated_suites)

BOOST_AUTO_TEST_CASE(every_plan_keeps_what_belongs_together_and_loses_nothing)
{
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    const GeneratedSuite suite = tests::generated_suite(seed);
    BOOST_TEST_CONTEXT("seed " << seed)
    {
      BOOST_TEST(tests::violations(suite, cut(suite)) == std::vector<std::string>(),
                 boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(what_a_plan_breaks_is_found)
{
  const GeneratedSuite suite = tests::generated_suite(1);
  Plan plan = cut(suite);
  plan.chunks.front().tests.pop_back();
  BOOST_TEST(!tests::violations(suite, plan).empty());
  plan = cut(suite);
  plan.chunks.front().predicted_s /= 2;
  BOOST_TEST(!tests::violations(suite, plan).empty());
  plan = cut(suite);
  plan.chunks.emplace_back().index = static_cast<std::uint32_t>(plan.chunks.size() - 1);
  BOOST_TEST(!tests::violations(suite, plan).empty());
}

BOOST_AUTO_TEST_CASE(the_same_suite_has_the_same_plan)
{
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    const GeneratedSuite suite = tests::generated_suite(seed);
    BOOST_TEST(tests::same(cut(suite), cut(suite)));
  }
}

BOOST_AUTO_TEST_CASE(chunks_of_many_plain_tests_are_within_a_hundredth_of_the_bound)
{
  Dice dice(1);
  GeneratedSuite suite;
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
