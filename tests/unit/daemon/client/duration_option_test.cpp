// Durations on the command line.
#include "daemon/client/duration_option.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow::client;

BOOST_AUTO_TEST_SUITE(durations_people_type)

BOOST_AUTO_TEST_CASE(have_a_unit)
{
  BOOST_TEST(seconds_of("90s").value() == 90);
  BOOST_TEST(seconds_of("10m").value() == 600);
  BOOST_TEST(seconds_of("1.5h").value() == 5400);
  BOOST_TEST(seconds_of("250ms").value() == 0.25);
}

BOOST_AUTO_TEST_CASE(are_refused_without_one_or_with_no_time)
{
  for (const std::string text :
       {"", "s", "10", "10 m", "10min", "-3s", "0m", "1e400h", "nanh", "infs", "1d", "0x10s"}) {
    BOOST_TEST_CONTEXT(text)
    {
      const auto seconds = seconds_of(text);
      BOOST_REQUIRE(!seconds);
      BOOST_TEST((seconds.error().kind == winnow::ErrorKind::user));
      BOOST_TEST(seconds.error().message ==
                 "'" + text + "' is no duration; write 500ms, 90s, 10m or 1.5h");
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
