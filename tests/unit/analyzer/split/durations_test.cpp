// What tests without history are expected to take.
#include "analyzer/split/durations.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::split;

namespace {

TestDescription test(std::string directory, std::string name, std::string executable)
{
  TestDescription description;
  description.key = {std::move(directory), std::move(name)};
  description.command = {std::move(executable)};
  return description;
}

TestHistory took(std::int64_t duration_us)
{
  return {.duration_us = duration_us, .attempts = 1};
}

} // namespace

BOOST_AUTO_TEST_SUITE(expected_durations)

BOOST_AUTO_TEST_CASE(the_nearest_siblings_tell)
{
  const std::vector<TestDescription> tests = {
      test("d", "a", "x"),   test("d", "b", "x"),     test("d", "c", "x"),   test("d", "e", "y"),
      test("d", "new", "x"), test("d", "newer", "z"), test("q", "far", "w"),
  };
  const History history = {{tests[0].key, took(10)},
                           {tests[1].key, took(30)},
                           {tests[2].key, took(20)},
                           {tests[3].key, took(500)}};
  const std::vector<std::int64_t> durations = expected_durations_us(tests, history, tests);
  BOOST_TEST(durations[0] == 10);
  BOOST_TEST(durations[4] == 20); // executable x
  BOOST_TEST(durations[5] == 30); // directory d: 10 20 30 500
  BOOST_TEST(durations[6] == 30); // all
}

BOOST_AUTO_TEST_CASE(siblings_tell_also_when_they_are_not_asked_about)
{
  const std::vector<TestDescription> all = {test("d", "a", "x"), test("d", "new", "x")};
  const std::span<const TestDescription> only_the_new(&all[1], 1);
  BOOST_TEST(expected_durations_us(only_the_new, {{all[0].key, took(40)}}, all).front() == 40);
}

BOOST_AUTO_TEST_CASE(with_nothing_known_each_takes_a_second)
{
  const std::vector<TestDescription> tests = {test("d", "a", "x")};
  BOOST_TEST(expected_durations_us(tests, {}, tests).front() == 1'000'000);
}

BOOST_AUTO_TEST_CASE(tests_that_never_passed_take_what_they_took_or_longer)
{
  const std::vector<TestDescription> tests = {test("d", "good", "x"), test("d", "fails", "x"),
                                              test("d", "hangs", "x"), test("d", "crashes", "x")};
  const History history = {{tests[0].key, took(1000)},
                           {tests[1].key, {.duration_us = 7, .last = Verdict::failed}},
                           {tests[2].key, {.duration_us = 90000, .last = Verdict::timed_out}},
                           {tests[3].key, {.duration_us = 7, .last = Verdict::crashed}}};
  const std::vector<std::int64_t> durations = expected_durations_us(tests, history, tests);
  BOOST_TEST(durations == (std::vector<std::int64_t>{1000, 7, 90000, 1000}),
             boost::test_tools::per_element());
  BOOST_TEST(is_measured(tests[1], history));
  BOOST_TEST(!is_measured(tests[2], history));
}

BOOST_AUTO_TEST_CASE(a_disabled_test_takes_no_time)
{
  std::vector<TestDescription> tests = {test("d", "a", "x")};
  tests[0].properties.edit().disabled = true;
  BOOST_TEST(expected_durations_us(tests, {{tests[0].key, took(10)}}, tests).front() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
