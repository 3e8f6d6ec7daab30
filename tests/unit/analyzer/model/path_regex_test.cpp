// Expressions over paths.
#include "analyzer/model/path_regex.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;

BOOST_AUTO_TEST_SUITE(expressions_over_paths)

BOOST_AUTO_TEST_CASE(match_anywhere_unless_they_say_otherwise)
{
  const PathRegex expression = PathRegex::from("net/|^docs/[^/]*$").value();
  BOOST_TEST(expression.matches("lib/net/url.h"));
  BOOST_TEST(expression.matches("docs/a.md"));
  BOOST_TEST(!expression.matches("docs/a/b.md"));
}

BOOST_AUTO_TEST_CASE(count_a_character_as_one_and_a_byte_that_is_none_as_well)
{
  const PathRegex expression = PathRegex::from("^caf.$").value();
  BOOST_TEST(expression.matches("caf\xc3\xa9"));
  BOOST_TEST(expression.matches("caf\xe9"));
  BOOST_TEST(PathRegex::from("caf\xc3\xa9").value().matches("caf\xc3\xa9"));
}

BOOST_AUTO_TEST_CASE(that_are_none_say_where)
{
  const auto wrong = PathRegex::from("\xc3\xa9[b-a]");
  BOOST_REQUIRE(!wrong);
  BOOST_TEST((wrong.error().kind == ErrorKind::user));
  BOOST_TEST(wrong.error().message.find("b-a, at character 3") != std::string::npos,
             wrong.error().message);
}

BOOST_AUTO_TEST_SUITE_END()
