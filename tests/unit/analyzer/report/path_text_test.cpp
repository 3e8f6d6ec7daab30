// Paths for terminals and for JSON.
#include "analyzer/report/path_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow::report;

BOOST_AUTO_TEST_SUITE(a_path_for_people)

BOOST_AUTO_TEST_CASE(shows_the_build_root_as_a_directory)
{
  BOOST_TEST(path_text("net/url.h") == "net/url.h");
  BOOST_TEST(path_text("@build/net/url.pb.h") == "build/net/url.pb.h");
  BOOST_TEST(path_text("/usr/include/zlib.h") == "/usr/include/zlib.h");
  BOOST_TEST(short_path_text("@build/net/libnet.a") == "libnet.a");
  BOOST_TEST(short_path_text("README") == "README");
}

BOOST_AUTO_TEST_CASE(cannot_command_the_terminal)
{
  BOOST_TEST(path_text("a\x1b[2J\n.h") == "a%1B[2J%0A.h");
  BOOST_TEST(path_text("a\xc2\x9b.h") == "a%C2%9B.h");
  BOOST_TEST(path_text("stra\xc3\x9f"
                       "e.h") == "stra\xc3\x9f"
                                 "e.h");
  BOOST_TEST(path_text("a\xff.h") == "a%FF.h");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(percent_encoding)

BOOST_AUTO_TEST_CASE(leaves_utf8_alone)
{
  BOOST_TEST(utf8_or_percent("100%/\xe2\x82\xac") == "100%/\xe2\x82\xac");
}

BOOST_AUTO_TEST_CASE(is_reversible)
{
  for (const std::string bytes : {"\xff%41", "\xe2\x82", "a\xc0\xaf", "\xed\xa0\x80", "end\xfe"}) {
    BOOST_TEST_CONTEXT(bytes)
    {
      BOOST_TEST(!is_utf8(bytes));
      BOOST_TEST(is_utf8(utf8_or_percent(bytes)));
      BOOST_TEST(from_percent(utf8_or_percent(bytes)) == bytes);
    }
  }
}

BOOST_AUTO_TEST_CASE(keeps_a_percent_sign_that_encodes_nothing)
{
  BOOST_TEST(from_percent("5% of 100%2") == "5% of 100%2");
}

BOOST_AUTO_TEST_SUITE_END()
