// What the values of ctest's options mean, and which are refused.
#include "daemon/client/ctest_option_values.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <ctime>

using namespace winnow;
using namespace winnow::client;

namespace {

/// 2024-01-15 12:00:00 UTC.
constexpr std::int64_t noon_us = 1'705'320'000'000'000;
constexpr std::int64_t hour_us = 3'600'000'000;

/// Hours from noon of a day in UTC to the next such time; -1 for no time.
double hours_until(std::string_view text)
{
  const auto at = next_time_of_day(text, noon_us);
  return at ? static_cast<double>(*at - noon_us) / hour_us : -1;
}

struct InUtc {
  InUtc()
  {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
  }

  ~InUtc()
  {
    ::unsetenv("TZ");
    ::tzset();
  }

  InUtc(const InUtc&) = delete;
  InUtc& operator=(const InUtc&) = delete;

  CTestOptions options;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(ctest_option_values, InUtc)

BOOST_AUTO_TEST_CASE(a_time_of_day_is_the_next_one)
{
  BOOST_TEST(hours_until("13:00:00") == 1);
  BOOST_TEST(hours_until("13:30") == 1.5);
  BOOST_TEST(hours_until("12:00:00") == 0);
  BOOST_TEST(hours_until("11:00") == 23);
  BOOST_TEST(hours_until("7:00:00 -0400") == 23);
  BOOST_TEST(hours_until("15:00 +0130") == 1.5);
  BOOST_TEST(hours_until("0:30+0100") == 11.5);
}

BOOST_AUTO_TEST_CASE(what_is_no_time_of_day_is_refused)
{
  for (const char* text : {"", "12", "25:00", "12:60", "12:00:61", "12:00 noon", "-1:00",
                           "12:", "12:00:", "12:00 +", "12:00 +01", "12:00 +9900"}) {
    BOOST_TEST_CONTEXT(text)
    {
      BOOST_TEST(hours_until(text) == -1);
      BOOST_TEST(set_ctest_stop_time(options, text) != "");
    }
  }
}

BOOST_AUTO_TEST_CASE(tests_are_repeated_in_one_way)
{
  BOOST_TEST(set_ctest_repeat(options, "until-pass:1") == "");
  BOOST_TEST(!options.repeat.has_value());
  BOOST_TEST(set_ctest_repeat(options, "after-timeout:4") == "");
  BOOST_TEST((options.repeat == Repeat{RepeatMode::after_timeout, 4}));
  BOOST_TEST(set_ctest_repeat_until_fail(options, "2") == "tests can be repeated in one way only");
  for (const char* text : {"", "until-pass", "until-pass:", "until-pass:x", "forever:3", ":3"}) {
    BOOST_TEST(set_ctest_repeat(options, text) != "");
  }
}

BOOST_AUTO_TEST_CASE(parts_of_outputs_are_named)
{
  BOOST_TEST(set_ctest_truncation(options, "head") == "");
  BOOST_TEST((options.output_limits.truncation == OutputTruncation::head));
  BOOST_TEST(set_ctest_truncation(options, "nose") == "'nose' is none of tail, middle and head");
  BOOST_TEST(set_ctest_size_passed(options, "7") == "");
  BOOST_TEST(options.output_limits.passed == 7U);
  BOOST_TEST(set_ctest_size_failed(options, "-7") != "");
}

BOOST_AUTO_TEST_SUITE_END()
