#define BOOST_TEST_MODULE text
#include <boost/test/unit_test.hpp>

#include "text/text.hpp"

using namespace isobar;

BOOST_AUTO_TEST_CASE(trim_removes_white_space_at_both_ends)
{
  BOOST_TEST(trim(" \t a b \n") == "a b");
  BOOST_TEST(trim(" \n ").empty());
}

BOOST_AUTO_TEST_CASE(split_keeps_empty_fields)
{
  const auto fields = split("a,,b,", ',');
  BOOST_REQUIRE_EQUAL(fields.size(), 4u);
  BOOST_TEST(fields[1].empty());
  BOOST_TEST(fields[2] == "b");
}

BOOST_AUTO_TEST_CASE(words_ignore_repeated_spaces)
{
  const auto found = words("  one   two\tthree ");
  BOOST_REQUIRE_EQUAL(found.size(), 3u);
  BOOST_TEST(found[2] == "three");
}

BOOST_AUTO_TEST_CASE(a_number_followed_by_text_is_no_number)
{
  BOOST_TEST(parse_integer("12").value() == 12);
  BOOST_TEST(!parse_integer("12C"));
  BOOST_TEST(parse_decimal("-3.5").value() == -3.5);
  BOOST_TEST(!parse_decimal(""));
}

BOOST_AUTO_TEST_CASE(decimals_are_rounded_to_the_digits_asked_for)
{
  BOOST_TEST(format_decimal(2.346, 2) == "2.35");
}
