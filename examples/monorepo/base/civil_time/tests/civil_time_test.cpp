#define BOOST_TEST_MODULE civil_time
#include <boost/test/unit_test.hpp>

#include "civil_time/civil_time.hpp"

using namespace isobar;

BOOST_AUTO_TEST_CASE(what_is_written_can_be_read)
{
  for (const char* text : {"1970-01-01T00:00Z", "2024-02-29T23:59Z", "2026-12-31T06:30Z"}) {
    BOOST_TEST_CONTEXT(text)
    {
      const auto instant = parse_instant(text);
      BOOST_REQUIRE(instant);
      BOOST_TEST(format_instant(*instant) == text);
    }
  }
}

BOOST_AUTO_TEST_CASE(impossible_dates_are_refused)
{
  for (const char* text : {"2023-02-29T00:00Z", "2023-13-01T00:00Z", "2023-01-01T24:00Z",
                           "2023-01-01 00:00Z", "2023-01-01T00:00"}) {
    BOOST_TEST(!parse_instant(text), text);
  }
}

BOOST_AUTO_TEST_CASE(a_day_later_than_today_belongs_to_last_month)
{
  const auto reference = parse_instant("2026-03-02T10:00Z").value();
  BOOST_TEST(format_instant(*latest_with_day(reference, 2, 9, 50)) == "2026-03-02T09:50Z");
  BOOST_TEST(format_instant(*latest_with_day(reference, 2, 10, 50)) == "2026-02-02T10:50Z");
  BOOST_TEST(format_instant(*latest_with_day(reference, 31, 0, 0)) == "2026-01-31T00:00Z");
}
