// How tests are cut into chunks.
#include "analyzer/split/split.hpp"
#include "tests/support/timed_suite.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::split;
using tests::one_cpu;
using tests::shown;
using Suite = tests::TimedSuite;

namespace {

Plan cut(const Suite& suite, const SplitOptions& options, const TargetsOfTests& targets = {})
{
  return split::split(suite.tests, suite.history, options, {targets, {}}).value();
}

Plan into_chunks(const Suite& suite, std::uint32_t chunks, schedule::Capacity machine = one_cpu)
{
  return cut(suite, {.cut = ChunkCount{chunks}, .machine = machine});
}

/// The chunks that a test is in.
std::vector<std::uint32_t> places(const Plan& plan, const std::string& name)
{
  std::vector<std::uint32_t> found;
  for (const Chunk& chunk : plan.chunks) {
    for (const TestKey& test : chunk.tests) {
      if (test.name == name) {
        found.push_back(chunk.index);
      }
    }
  }
  return found;
}

} // namespace

BOOST_AUTO_TEST_SUITE(balanced_chunks)

BOOST_AUTO_TEST_CASE(exchanges_find_what_placing_the_longest_first_misses)
{
  Suite suite;
  for (const double seconds : {3, 3, 2, 2, 2}) {
    suite.add("t" + std::to_string(suite.tests.size()), seconds);
  }
  const Plan plan = into_chunks(suite, 2);
  BOOST_TEST(plan.predicted_s == 6.0);
  BOOST_TEST(plan.lower_bound_s == 6.0);
}

BOOST_AUTO_TEST_CASE(the_slowest_chunk_comes_first_and_indices_count_from_0)
{
  Suite suite;
  suite.add("short", 1);
  suite.add("long", 9);
  const Plan plan = into_chunks(suite, 2);
  BOOST_TEST(shown(plan) == "long | short");
  BOOST_TEST(plan.chunks[0].index == 0U);
  BOOST_TEST(plan.chunks[1].index == 1U);
  BOOST_TEST(plan.predicted_s == 9.0);
}

BOOST_AUTO_TEST_CASE(there_are_no_more_chunks_than_tests)
{
  Suite suite;
  suite.add("a", 1);
  suite.add("b", 1);
  BOOST_TEST(into_chunks(suite, 7).chunks.size() == 2U);
  BOOST_TEST(into_chunks(Suite{}, 7).chunks.empty());
}

BOOST_AUTO_TEST_CASE(a_chunk_takes_as_long_as_its_schedule_on_the_machine)
{
  Suite suite;
  suite.add("a", 2);
  suite.add("b", 2);
  BOOST_TEST(into_chunks(suite, 1).predicted_s == 4.0);
  BOOST_TEST(into_chunks(suite, 1, {.cpu_milli = 2000}).predicted_s == 2.0);
  suite.tests[0].properties.edit().run_serial = true;
  BOOST_TEST(into_chunks(suite, 1, {.cpu_milli = 2000}).predicted_s == 4.0);
}

BOOST_AUTO_TEST_CASE(tests_of_one_lock_are_spread)
{
  Suite suite;
  for (const std::string name : {"a", "b", "c", "d"}) {
    suite.add(name, 2).properties.edit().resource_locks = {"db"};
    suite.add(name + "free", 2);
  }
  const Plan plan = into_chunks(suite, 2, {.cpu_milli = 2000});
  BOOST_TEST(plan.predicted_s == 4.0);
}

BOOST_AUTO_TEST_CASE(each_chunk_names_the_targets_to_build)
{
  Suite suite;
  suite.add("a", 2);
  suite.add("b", 1);
  const Plan plan =
      cut(suite, {.cut = ChunkCount{2}, .machine = one_cpu},
          {{suite.tests[0].key, {"tool", "a_test"}}, {suite.tests[1].key, {"b_test"}}});
  BOOST_TEST(plan.chunks[0].targets == (std::vector<std::string>{"a_test", "tool"}));
  BOOST_TEST(plan.chunks[1].targets == (std::vector<std::string>{"b_test"}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(tests_that_belong_together)

BOOST_AUTO_TEST_CASE(a_depends_chain_is_not_cut)
{
  Suite suite;
  suite.add("a", 1);
  suite.add("b", 1).properties.edit().depends = {"a"};
  suite.add("c", 1).properties.edit().depends = {"b"};
  suite.add("d", 1);
  BOOST_TEST(shown(into_chunks(suite, 4)) == "a b c | d");
}

BOOST_AUTO_TEST_CASE(each_chunk_with_users_pays_for_the_fixture)
{
  Suite suite;
  suite.add("setup", 1).properties.edit().fixtures_setup = {"server"};
  suite.add("cleanup", 1).properties.edit().fixtures_cleanup = {"server"};
  for (const std::string name : {"a", "b", "c", "d"}) {
    suite.add(name, 10).properties.edit().fixtures_required = {"server"};
  }
  const Plan plan = into_chunks(suite, 2);
  BOOST_TEST(plan.chunks.size() == 2U);
  BOOST_TEST(places(plan, "setup").size() == 2U);
  BOOST_TEST(places(plan, "cleanup").size() == 2U);
  BOOST_TEST(plan.predicted_s == 22.0);
}

BOOST_AUTO_TEST_CASE(users_of_a_dear_fixture_stay_together)
{
  Suite suite;
  suite.add("setup", 60).properties.edit().fixtures_setup = {"server"};
  suite.add("a", 10).properties.edit().fixtures_required = {"server"};
  suite.add("b", 10).properties.edit().fixtures_required = {"server"};
  suite.add("free", 50);
  BOOST_TEST(shown(into_chunks(suite, 3)) == "setup a b | free");
}

BOOST_AUTO_TEST_CASE(a_setup_brings_what_it_needs_itself)
{
  Suite suite;
  suite.add("tables", 1).properties.edit().fixtures_setup = {"schema"};
  TestDescription& setup = suite.add("rows", 1);
  setup.properties.edit().fixtures_setup = {"data"};
  setup.properties.edit().fixtures_required = {"schema"};
  suite.add("a", 9).properties.edit().fixtures_required = {"data"};
  suite.add("b", 9).properties.edit().fixtures_required = {"data"};
  BOOST_TEST(shown(into_chunks(suite, 2)) == "tables rows a | tables rows b");
}

BOOST_AUTO_TEST_CASE(a_fixture_without_users_is_in_the_plan)
{
  Suite suite;
  suite.add("setup", 1).properties.edit().fixtures_setup = {"server"};
  suite.add("cleanup", 1).properties.edit().fixtures_cleanup = {"server"};
  suite.add("a", 9);
  BOOST_TEST(shown(into_chunks(suite, 2)) == "a | setup cleanup");
}

BOOST_AUTO_TEST_CASE(a_disabled_user_brings_no_fixture)
{
  Suite suite;
  suite.add("setup", 1).properties.edit().fixtures_setup = {"server"};
  suite.add("user", 5).properties.edit().fixtures_required = {"server"};
  TestDescription& off = suite.add("off", 5);
  off.properties.edit().fixtures_required = {"server"};
  off.properties.edit().disabled = true;
  const Plan plan = into_chunks(suite, 2);
  BOOST_TEST(places(plan, "setup").size() == 1U);
  BOOST_TEST(places(plan, "off").size() == 1U);
  BOOST_TEST(plan.predicted_s == 6.0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(numbers_of_chunks)

BOOST_AUTO_TEST_CASE(a_target_time_gives_as_few_chunks_as_meet_it)
{
  Suite suite;
  for (int test = 0; test < 20; ++test) {
    suite.add("t" + std::to_string(test), 10);
  }
  const Plan plan = cut(suite, {.cut = TargetTime{50}, .machine = one_cpu});
  BOOST_TEST(plan.chunks.size() == 4U);
  BOOST_TEST(plan.predicted_s == 50.0);
}

BOOST_AUTO_TEST_CASE(what_a_job_takes_beside_its_tests_is_part_of_the_target)
{
  Suite suite;
  for (int test = 0; test < 20; ++test) {
    suite.add("t" + std::to_string(test), 10);
  }
  const Plan plan = cut(suite, {.cut = TargetTime{60, 10}, .machine = one_cpu});
  BOOST_TEST(plan.chunks.size() == 4U);
  BOOST_TEST(plan.predicted_s == 50.0);
  for (const double overhead_s : {60.0, 61.0}) {
    const auto refused =
        split::split(suite.tests, suite.history, {TargetTime{60, overhead_s}, one_cpu});
    BOOST_REQUIRE(refused.has_error());
    BOOST_TEST((refused.error().kind == ErrorKind::user));
  }
}

BOOST_AUTO_TEST_CASE(a_target_below_the_longest_test_is_met_as_far_as_can_be)
{
  Suite suite;
  suite.add("long", 100);
  for (int test = 0; test < 20; ++test) {
    suite.add("t" + std::to_string(test), 10);
  }
  const Plan plan = cut(suite, {.cut = TargetTime{50}, .machine = one_cpu});
  BOOST_TEST(plan.predicted_s == 100.0);
  BOOST_TEST(plan.chunks.size() < 10U);
}

BOOST_AUTO_TEST_CASE(no_chunk_has_more_tests_than_allowed)
{
  Suite suite;
  for (int test = 0; test < 20; ++test) {
    suite.add("t" + std::to_string(test), test < 2 ? 100 : 1);
  }
  const Plan plan = cut(suite, {.cut = MaxTests{6}, .machine = one_cpu});
  BOOST_TEST(plan.chunks.size() == 4U);
  for (const Chunk& chunk : plan.chunks) {
    BOOST_TEST(chunk.tests.size() <= 6U);
  }
}

BOOST_AUTO_TEST_CASE(nothing_asked_for_is_an_error)
{
  Suite suite;
  suite.add("a", 1);
  for (const SplitOptions& options :
       {SplitOptions{ChunkCount{0}, one_cpu}, SplitOptions{MaxTests{0}, one_cpu},
        SplitOptions{TargetTime{0}, one_cpu}, SplitOptions{TargetTime{-1}, one_cpu}}) {
    const Result<Plan> plan = split::split(suite.tests, suite.history, options);
    BOOST_REQUIRE(plan.has_error());
    BOOST_TEST((plan.error().kind == ErrorKind::user));
  }
}

BOOST_AUTO_TEST_CASE(tests_in_a_circle_are_an_error)
{
  Suite suite;
  suite.add("a", 1).properties.edit().depends = {"b"};
  suite.add("b", 1).properties.edit().depends = {"a"};
  BOOST_TEST(split::split(suite.tests, suite.history, {ChunkCount{1}, one_cpu}).has_error());
}

BOOST_AUTO_TEST_SUITE_END()
