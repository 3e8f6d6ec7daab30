// Tests the reading of CMakeCache.txt.
#include "analyzer/ingest/cmake_cache.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow::ingest;

BOOST_AUTO_TEST_SUITE(cmake_caches)

constexpr std::string_view text = "# This is the CMakeCache file.\r\n"
                                  "\n"
                                  "//Whether to shout\n"
                                  "LOUD:BOOL=ON\r\n"
                                  "//No help, variable specified on the command line.\n"
                                  "GIVEN:STRING=a=b:c\n"
                                  "PLAIN:UNINITIALIZED=\n"
                                  "no entry\n"
                                  "//Two lines\n"
                                  "// of help\n"
                                  "NAME:INTERNAL=x\n";

BOOST_AUTO_TEST_CASE(have_types_values_and_help)
{
  const CMakeCache cache = parse_cmake_cache(text);
  BOOST_TEST(cache.size() == 4U);
  BOOST_TEST(cache.at("LOUD").type == "BOOL");
  BOOST_TEST(cache.at("LOUD").value == "ON");
  BOOST_TEST(cache.at("LOUD").help == "Whether to shout");
  BOOST_TEST(cache.at("NAME").help == "Two lines of help");
  BOOST_TEST(value_of(cache, "GIVEN") == "a=b:c");
  BOOST_TEST(value_of(cache, "ABSENT") == "");
}

BOOST_AUTO_TEST_CASE(tell_what_no_code_has_claimed)
{
  const CMakeCache cache = parse_cmake_cache(text);
  BOOST_TEST(was_given(cache.at("GIVEN")));
  BOOST_TEST(was_given(cache.at("PLAIN")));
  BOOST_TEST(!was_given(cache.at("LOUD")));
}

BOOST_AUTO_TEST_SUITE_END()
