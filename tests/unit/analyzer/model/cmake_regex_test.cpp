// CMake's dialect of regular expressions; every row was tried with `string(REGEX MATCH)`.
#include "analyzer/model/cmake_regex.hpp"

#include <boost/test/unit_test.hpp>

#include <string_view>

using winnow::CMakeRegex;

namespace {

struct Row {
  std::string_view pattern;
  std::string_view text;
  bool matches;
};

constexpr Row rows[] = {
    {"pass", "a_pass_b", true},
    {"^pass$", "pass", true},
    {"^pass$", "pass\n", false},
    {"^b", "a\nb", false},
    {"a$", "a\nb", false},
    {"a.b", "a\nb", true},
    {"[^x]b", "\nb", true},
    {"a{2}", "aa", false},
    {"a{2}", "a{2}", true},
    {"\\d", "7", false},
    {"\\d", "d", true},
    {"a\\.b", "axb", false},
    {"[]x]+", "]", true},
    {"[a\\]", "\\", true},
    {"[a-c-]", "-", true},
    {"[a-c-e]", "d", true},
    {"[-a]", "-", true},
    {"[+--]", ",", true},
    {"(ab|cd)+$", "xabcd", true},
    {"a|", "", true},
    {"()", "x", true},
    {"(^a|b$)", "ca", false},
    {"a]", "a]", true},
    {"[[:alpha:]]", "q", false},
    {"[[:alpha:]]", "a]", true},
    {"(a*)?b", "b", true},
    {"Gr\xc3\xbc.e", "Gr\xc3\xbc\xc3\x9f", false},
};

} // namespace

BOOST_AUTO_TEST_SUITE(cmake_regular_expressions)

BOOST_AUTO_TEST_CASE(match_as_in_cmake)
{
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.pattern << " on " << row.text)
    {
      const auto regex = CMakeRegex::compile(row.pattern);
      BOOST_REQUIRE(regex.has_value());
      BOOST_TEST(regex->matches(row.text) == row.matches);
    }
  }
}

BOOST_AUTO_TEST_CASE(are_refused_where_cmake_refuses_them)
{
  for (const std::string_view pattern : {"a(", "a)", "[a", "*a", "a**", "a+?", "(a*)*", "(a|)+",
                                         "^*", "a\\", "[c-a]", "a|*", "(?:a)", "[]", "[^]"}) {
    BOOST_TEST_CONTEXT(pattern)
    {
      const auto regex = CMakeRegex::compile(pattern);
      BOOST_REQUIRE(regex.has_error());
      BOOST_TEST(regex.error().message.find(pattern) != std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(stay_linear_where_backtracking_explodes)
{
  const std::string text(40'000, 'a');
  BOOST_TEST(!CMakeRegex::compile("(a|aa)+$b")->matches(text));
}

BOOST_AUTO_TEST_SUITE_END()
