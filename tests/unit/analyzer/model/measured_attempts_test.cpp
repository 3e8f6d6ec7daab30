// What is expected of a test, what is kept of it, and how two machines' measurements are joined.
#include "analyzer/model/measured_attempts.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>
#include <vector>

using namespace winnow;

namespace {

std::vector<MeasuredAttempt> passes(const std::vector<std::int64_t>& durations_us)
{
  std::vector<MeasuredAttempt> attempts;
  for (const std::int64_t duration_us : durations_us) {
    attempts.push_back({.at_us = static_cast<std::int64_t>(attempts.size()) + 1,
                        .duration_us = duration_us,
                        .cpu_us = duration_us / 2,
                        .peak_memory_bytes = duration_us * 10});
  }
  return attempts;
}

} // namespace

BOOST_AUTO_TEST_SUITE(measured_attempts)

BOOST_AUTO_TEST_CASE(one_slow_attempt_does_not_count)
{
  BOOST_TEST(expectation(passes({100, 100, 9000, 100, 100, 100})).duration_us == 100);
  BOOST_TEST(expectation(passes({100, 100, 100, 100, 100, 9000})).duration_us == 100);
}

BOOST_AUTO_TEST_CASE(what_a_test_was_long_ago_fades)
{
  std::vector<std::int64_t> durations_us(12, 100);
  durations_us.insert(durations_us.end(), 8, 500);
  const std::int64_t expected_us = expectation(passes(durations_us)).duration_us;
  BOOST_TEST(expected_us > 300); // an unweighted mean of the middle half is 240
  durations_us.insert(durations_us.end(), 4, 500);
  durations_us.erase(durations_us.begin(), durations_us.begin() + 4);
  BOOST_TEST(expectation(passes(durations_us)).duration_us == 500);
}

BOOST_AUTO_TEST_CASE(one_large_peak_counts_until_some_attempts_later)
{
  std::vector<std::int64_t> durations_us(10, 100);
  durations_us.push_back(700);
  BOOST_TEST(expectation(passes(durations_us)).peak_memory_bytes == 7000U);
  durations_us.insert(durations_us.end(), 9, 100);
  BOOST_TEST(expectation(passes(durations_us)).peak_memory_bytes == 1000U);
}

BOOST_AUTO_TEST_CASE(only_passes_say_what_to_expect)
{
  std::vector<MeasuredAttempt> attempts = passes({100});
  attempts.push_back({.at_us = 9, .verdict = Verdict::timed_out, .duration_us = 90000});
  const TestHistory history = expectation(attempts);
  BOOST_TEST(history.duration_us == 100);
  BOOST_TEST(history.attempts == 1U);
  BOOST_CHECK(history.last == Verdict::timed_out);
  BOOST_TEST(expectation({}).attempts == 0U);
  BOOST_TEST(!expectation({}).last.has_value());
}

BOOST_AUTO_TEST_CASE(the_newest_failure_tells_of_a_test_that_has_never_passed)
{
  const auto after = [](std::vector<MeasuredAttempt> attempts) { return expectation(attempts); };
  const MeasuredAttempt fails{1, Verdict::failed, 40, 30, 20};
  const MeasuredAttempt hangs{2, Verdict::timed_out, 90000, 3, 20};
  const MeasuredAttempt crashes{3, Verdict::crashed, 500, 3, 20};
  const MeasuredAttempt absent{4, Verdict::not_run, 1, 0, 0};
  const MeasuredAttempt passes_once{5, Verdict::passed, 100, 3, 20};

  struct Case {
    std::vector<MeasuredAttempt> attempts;
    std::int64_t duration_us;
    DurationKind kind;
  };

  for (const Case& row : std::vector<Case>{{{}, 0, DurationKind::unknown},
                                           {{absent}, 0, DurationKind::unknown},
                                           {{fails}, 40, DurationKind::of_failure},
                                           {{hangs, fails}, 40, DurationKind::of_failure},
                                           {{fails, hangs}, 90000, DurationKind::at_least},
                                           {{hangs, crashes}, 500, DurationKind::at_least},
                                           {{hangs, absent}, 90000, DurationKind::at_least},
                                           {{passes_once, hangs}, 100, DurationKind::measured}}) {
    const TestHistory history = after(row.attempts);
    BOOST_TEST(history.duration_us == row.duration_us);
    BOOST_TEST((kind_of_duration(history) == row.kind));
    BOOST_TEST(history.cpu_us == (row.kind == DurationKind::measured ? 3 : 0));
  }
}

BOOST_AUTO_TEST_CASE(quantiles_of_equal_weights_are_nearest_ranks)
{
  std::vector<Weighted> values;
  for (std::int64_t value = 1; value <= 20; ++value) {
    values.push_back({21 - value, 1});
  }
  BOOST_TEST(quantile(values, 0.5) == 10);
  BOOST_TEST(quantile(values, 0.95) == 19);
  BOOST_TEST(quantile(values, 1) == 20);
  BOOST_TEST(quantile({}, 0.5) == 0);
  BOOST_TEST(interquartile_mean({{0, 1}, {10, 1}, {20, 1}, {1000, 1}}) == 15);
}

BOOST_AUTO_TEST_CASE(passes_and_others_are_kept_each_on_their_own)
{
  std::vector<MeasuredAttempt> attempts = passes(std::vector<std::int64_t>(30, 1));
  for (std::int64_t i = 0; i < 30; ++i) {
    attempts.push_back({.at_us = 100 + i, .verdict = Verdict::failed});
  }
  forget_old(attempts);
  BOOST_TEST(attempts.size() == most_passed_attempts + most_other_attempts);
  BOOST_TEST(attempts.front().at_us == 11);
  BOOST_TEST(attempts.back().at_us == 129);
}

BOOST_AUTO_TEST_CASE(joining_twice_changes_nothing)
{
  std::vector<MeasuredAttempt> own = passes({1, 2, 3});
  std::vector<MeasuredAttempt> others = passes({2, 2, 2, 9});
  BOOST_TEST(join(own, others) == 3U); // one is the same in all
  const std::vector<MeasuredAttempt> once = own;
  BOOST_TEST(join(own, others) == 0U);
  BOOST_TEST((own == once));
}

BOOST_AUTO_TEST_CASE(newer_attempts_are_not_displaced_by_older_ones)
{
  std::vector<MeasuredAttempt> own = passes(std::vector<std::int64_t>(20, 7));
  for (MeasuredAttempt& attempt : own) {
    attempt.at_us += 1000;
  }
  const std::vector<MeasuredAttempt> before = own;
  BOOST_TEST(join(own, passes(std::vector<std::int64_t>(20, 5))) == 0U);
  BOOST_TEST((own == before));
}

/// In whatever order machines hand each other what they have, they end with the same.
BOOST_AUTO_TEST_CASE(the_order_of_joining_does_not_matter)
{
  std::mt19937 engine(7);
  for (int round = 0; round < 200; ++round) {
    const auto some = [&] {
      std::vector<MeasuredAttempt> attempts;
      for (std::size_t i = 0; i < engine() % 30; ++i) {
        attempts.push_back({.at_us = 1 + static_cast<std::int64_t>(engine() % 1000) * 8,
                            .verdict = engine() % 3 == 0 ? Verdict::failed : Verdict::passed,
                            .duration_us = 5});
      }
      std::ranges::sort(attempts);
      attempts.erase(std::unique(attempts.begin(), attempts.end()), attempts.end());
      // Of one test no two attempts start at one time.
      attempts.erase(std::unique(attempts.begin(), attempts.end(),
                                 [](const auto& a, const auto& b) { return a.at_us == b.at_us; }),
                     attempts.end());
      forget_old(attempts);
      return attempts;
    };
    const std::vector<MeasuredAttempt> a = some();
    std::vector<MeasuredAttempt> b = some();
    std::erase_if(b, [&](const MeasuredAttempt& attempt) {
      return std::ranges::find(a, attempt.at_us, &MeasuredAttempt::at_us) != a.end();
    });
    std::vector<MeasuredAttempt> ab = a;
    join(ab, b);
    std::vector<MeasuredAttempt> ba = b;
    join(ba, a);
    BOOST_TEST((ab == ba));
  }
}

BOOST_AUTO_TEST_SUITE_END()
