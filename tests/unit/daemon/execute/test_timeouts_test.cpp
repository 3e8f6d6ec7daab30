// How properties and runs give a test its time.
#include "daemon/execute/test_timeouts.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>

using namespace winnow;
using namespace winnow::execute;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t now_us = 1'000'000'000;

/// In microseconds, -1 for none.
std::int64_t time(const TestProperties& properties, const RunTimeouts& run)
{
  const auto after = timeout_of(properties, run, now_us).after;
  return after ? after->count() : -1;
}

TestProperties with_signal(const std::string& name)
{
  TestProperties properties;
  properties.timeout_signal_name = name;
  return properties;
}

TestProperties with_grace(double seconds)
{
  TestProperties properties;
  properties.timeout_signal_grace_s = seconds;
  return properties;
}

} // namespace

BOOST_AUTO_TEST_SUITE(test_timeouts)

BOOST_AUTO_TEST_CASE(a_test_has_its_own_time_or_that_of_its_run)
{
  TestProperties own;
  own.timeout_s = 2.5;
  BOOST_TEST(time({}, {}) == -1);
  BOOST_TEST(time({}, {3.0, {}}) == 3'000'000);
  BOOST_TEST(time(own, {3.0, {}}) == 2'500'000);
  own.timeout_s = 0;
  BOOST_TEST(time(own, {3.0, {}}) == -1);
  own.timeout_s = 1e300;
  BOOST_TEST(time(own, {}) == -1);
}

BOOST_AUTO_TEST_CASE(the_end_of_the_run_cuts_every_time)
{
  TestProperties own;
  own.timeout_s = 2;
  BOOST_TEST(time({}, {{}, now_us + 700}) == 700);
  BOOST_TEST(time(own, {{}, now_us + 700}) == 700);
  BOOST_TEST(timeout_of(own, {{}, now_us + 700}, now_us).by_run);
  BOOST_TEST(!timeout_of(own, {{}, now_us + 3'000'000}, now_us).by_run);
  BOOST_TEST(time(own, {{}, now_us - 700}) == 0);
}

BOOST_AUTO_TEST_CASE(a_match_gives_another_time)
{
  TestProperties own;
  own.timeout_after_match = TimeoutAfterMatch{0.5, {"ready"}};
  BOOST_TEST(timeout_after_match(own, {}, now_us)->after->count() == 500'000);
  BOOST_TEST(timeout_after_match(own, {{}, now_us + 1}, now_us)->after->count() == 1);
  own.timeout_after_match->timeout_s = 0;
  BOOST_TEST(timeout_after_match(own, {}, now_us)->after->count() == 0);
  own.timeout_s = 3;
  BOOST_TEST(!timeout_after_match(own, {}, now_us).has_value());
}

BOOST_AUTO_TEST_CASE(a_signal_is_one_that_cmake_allows)
{
  BOOST_TEST(timeout_signal({}) == 0);
  BOOST_TEST(timeout_signal(with_signal("SIGUSR2")) == SIGUSR2);
  BOOST_TEST(timeout_objection(with_signal("SIGQUIT")) == "");
  BOOST_TEST(timeout_objection(with_signal("SIGKILL")) ==
             "TIMEOUT_SIGNAL_NAME \"SIGKILL\" not supported on this platform.");
}

BOOST_AUTO_TEST_CASE(a_grace_is_a_minute_at_most)
{
  BOOST_CHECK(timeout_grace({}) == 1s);
  BOOST_CHECK(timeout_grace(with_grace(0.25)) == 250ms);
  BOOST_TEST(timeout_objection(with_grace(60)) == "");
  BOOST_TEST(timeout_objection(with_grace(0)) ==
             "TIMEOUT_SIGNAL_GRACE_PERIOD \"0\" is not greater than \"0\" seconds.");
  BOOST_TEST(timeout_objection(with_grace(61)) ==
             "TIMEOUT_SIGNAL_GRACE_PERIOD \"61\" is not less than the maximum of \"60\" seconds.");
}

BOOST_AUTO_TEST_SUITE_END()
