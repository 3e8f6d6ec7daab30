// Which verdicts make a test run again.
#include "analyzer/model/repeat.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;

namespace {

/// The verdicts after which a first of three attempts is followed by another.
std::string repeated(RepeatMode mode)
{
  std::string names;
  for (const VerdictName& row : verdict_names) {
    if (runs_again({mode, 3}, row.verdict, 1)) {
      names += std::string(row.name) + ";";
    }
  }
  return names;
}

} // namespace

BOOST_AUTO_TEST_SUITE(repeats)

BOOST_AUTO_TEST_CASE(go_by_what_the_attempt_has_shown)
{
  BOOST_TEST(repeated(RepeatMode::until_fail) == "passed;");
  BOOST_TEST(repeated(RepeatMode::until_pass) == "failed;timed out;crashed;over memory;");
  BOOST_TEST(repeated(RepeatMode::after_timeout) == "timed out;");
}

BOOST_AUTO_TEST_CASE(end_with_the_last_attempt)
{
  const Repeat repeat{RepeatMode::until_pass, 3};
  BOOST_TEST(runs_again(repeat, Verdict::failed, 2));
  BOOST_TEST(!runs_again(repeat, Verdict::failed, 3));
  BOOST_TEST(!runs_again({RepeatMode::until_pass, 0}, Verdict::failed, 1));
}

BOOST_AUTO_TEST_SUITE_END()
