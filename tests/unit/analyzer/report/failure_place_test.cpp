// Tests of finding where an output says that something is wrong.
#include "analyzer/report/failure_place.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow::report;

namespace {

/// Of the first place: "path:line".
std::string first_of(std::string_view output)
{
  const auto places = failure_places(output);
  return places.empty()
             ? ""
             : std::string(places.front().path) + ":" + std::to_string(places.front().line);
}

} // namespace

BOOST_AUTO_TEST_SUITE(failure_places_in_output)

BOOST_AUTO_TEST_CASE(each_framework_has_its_form)
{
  BOOST_TEST(first_of("/s/net/url_test.cpp(35): error: in \"url\": check a == b has failed") ==
             "/s/net/url_test.cpp:35");
  BOOST_TEST(first_of("../net/url_test.cc:7: Failure\nExpected equality") ==
             "../net/url_test.cc:7");
  BOOST_TEST(first_of("/s/a.cpp:12: FAILED:\n  REQUIRE( x )") == "/s/a.cpp:12");
  BOOST_TEST(first_of("/s/a.cpp:12: ERROR: CHECK( x ) is NOT correct!") == "/s/a.cpp:12");
  BOOST_TEST(first_of("url: /s/a.c:9: main: Assertion `x' failed.") == "/s/a.c:9");
  BOOST_TEST(first_of("  File \"/s/run.py\", line 3\nrun.py:3: error") == "run.py:3");
}

BOOST_AUTO_TEST_CASE(lines_that_speak_of_failure_come_first)
{
  BOOST_TEST(first_of("at /s/log.cpp:1 started\n/s/a.cpp:5: error\n") == "/s/a.cpp:5");
  BOOST_TEST(first_of("at /s/log.cpp:1 started\n") == "/s/log.cpp:1");
}

BOOST_AUTO_TEST_CASE(what_is_no_place_is_none)
{
  for (const char* text : {"", "12:30:05 error", "127.0.0.1:80 failed", "error(3)", "a.cpp:",
                           "a.cpp(", "a.cpp:0: error", "a.cpp(3", "http:8 error", ".:3 error"}) {
    BOOST_TEST(first_of(text) == "", text);
  }
}

BOOST_AUTO_TEST_CASE(an_extension_may_end_in_a_digit_and_a_line_has_several_places)
{
  BOOST_TEST(first_of("solver.f90:12: error") == "solver.f90:12");
  const auto places = failure_places("http://db.local:8080 refused, error at src/a.cpp:12\n");
  BOOST_REQUIRE(places.size() == 2U);
  BOOST_TEST(places[1].path == "src/a.cpp");
}

BOOST_AUTO_TEST_CASE(the_text_goes_on_to_the_end)
{
  const auto places = failure_places("x\na.cpp:3: Failure\n  1\n  2\n");
  BOOST_REQUIRE(places.size() == 1U);
  BOOST_TEST(places.front().text == "a.cpp:3: Failure\n  1\n  2\n");
}

BOOST_AUTO_TEST_SUITE_END()
