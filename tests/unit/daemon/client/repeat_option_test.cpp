// Values of --retries.
#include "daemon/client/repeat_option.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::client;

BOOST_AUTO_TEST_SUITE(retries_on_the_command_line)

BOOST_AUTO_TEST_CASE(say_how_often_and_how_long_after)
{
  const auto read = [](const std::string& text) { return repeat_of_retries(text).value(); };
  BOOST_TEST((read("0") == Repeat{RepeatMode::until_pass, 1}));
  BOOST_TEST((read("3") == Repeat{RepeatMode::until_pass, 4}));
  BOOST_TEST((read("3:2s") == Repeat{RepeatMode::until_pass, 4, {2'000'000, 0}}));
  BOOST_TEST((read("1:250ms..1m") == Repeat{RepeatMode::until_pass, 2, {250'000, 60'000'000}}));
  BOOST_TEST((read("1:1.5s..2s") == Repeat{RepeatMode::until_pass, 2, {1'500'000, 2'000'000}}));
}

BOOST_AUTO_TEST_CASE(are_refused_where_they_mean_nothing)
{
  for (const std::string text :
       {"", "x", "-1", "+1", "1.5", " 1", "1000000", "4294967296", "1:", "1:2", "1:2s:3s", "1:2s..",
        "1:..2s", "1:2s..1s", "1:25h", ":2s", "1:-2s", "1:2s..30h"}) {
    const Result<Repeat> repeat = repeat_of_retries(text);
    BOOST_REQUIRE_MESSAGE(!repeat, text);
    BOOST_TEST((repeat.error().kind == ErrorKind::user));
    BOOST_TEST(repeat.error().message.starts_with("'" + text + "' says not how often to retry; "));
  }
}

BOOST_AUTO_TEST_CASE(are_one_of_two_ways)
{
  BOOST_TEST(!repeat_from({}).has_value());
  BOOST_TEST((repeat_from({"2", ""}) == Repeat{RepeatMode::until_pass, 3}));
  BOOST_TEST((repeat_from({"", "until-fail:5"}) == Repeat{RepeatMode::until_fail, 5}));
}

BOOST_AUTO_TEST_SUITE_END()
