// How verdicts read patterns in the dialect of CMake.
#include "analyzer/model/cmake_regex.hpp"
#include "daemon/execute/verdict_rules.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::execute;

namespace {

bool matches(const std::string& pattern, const std::string& text)
{
  TestProperties properties;
  properties.pass_regular_expression = {pattern};
  const VerdictRules rules(properties);
  BOOST_REQUIRE_MESSAGE(rules.objection().empty(), rules.objection());
  return rules.decide(ProcessEnd{}, text).verdict == Verdict::passed;
}

struct Match {
  std::string pattern;
  std::string text;
  bool expected;
};

} // namespace

BOOST_AUTO_TEST_SUITE(verdict_patterns)

BOOST_AUTO_TEST_CASE(they_match_what_cmake_matches)
{
  // Every row was checked with cmake 3.25's string(REGEX MATCH).
  const Match rows[] = {
      {"abc", "xabcx", true},
      {"", "anything", true},
      {"a{2}", "aa", false},
      {"a{2}", "a{2}", true},
      {"\\d", "5", false},
      {"\\d", "d", true},
      {"\\.", "a", false},
      {"a.b", "a\nb", true},
      {"^b", "a\nb", false},
      {"a$", "a\nb", false},
      {"b\n$", "a\nb\n", true},
      {"x^y", "xy", false},
      {"[]a]+z", "]a]z", true},
      {"[^]a]z", "]z", false},
      {"[^]a]z", "bz", true},
      {"[a\\d]z", "\\z", true},
      {"[a-]z", "-z", true},
      {"[-a]z", "-z", true},
      {"[a-c-e]z", "dz", true},
      {"[a-c-e]z", "-z", false},
      {"[[:alpha:]]", "x]", false},
      {"(foo|ba+r)s?$", "a baaar", true},
      {"(a|)b", "b", true},
      {"(^a|b)c", "ac", true},
      {"a|b|", "zzz", true},
      {"(x)\\1", "x1", true},
      {"Fehler: \xc3\xbc", "Fehler: \xc3\xbc!", true},
      {"A", "a", false},
  };
  for (const Match& row : rows) {
    BOOST_TEST_CONTEXT(row.pattern << " on " << row.text)
    {
      BOOST_TEST(matches(row.pattern, row.text) == row.expected);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_cmake_does_not_compile_is_refused)
{
  for (const std::string pattern :
       {"(",   ")",   "a)",    "[a",      "[",  "[^",  "*",   "+a",    "a|*",  "(*)",
        "a**", "a+?", "(a*)*", "(a*|b)+", "^*", "()*", "x\\", "[z-a]", "((a)", "(?:x)"}) {
    BOOST_TEST_CONTEXT(pattern)
    {
      const Result<std::string> translated = re2_pattern(pattern);
      BOOST_TEST(!translated);
    }
  }
}

BOOST_AUTO_TEST_CASE(hostile_nesting_is_refused)
{
  const std::string deep(100'000, '(');
  BOOST_TEST(!re2_pattern(deep));
}

BOOST_AUTO_TEST_SUITE_END()
