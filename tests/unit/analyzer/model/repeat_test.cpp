// Which verdicts make a test run again.
#include "analyzer/model/repeat.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

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

BOOST_AUTO_TEST_CASE(follow_at_once_unless_a_pause_is_asked_for)
{
  BOOST_TEST(pause_after({}, {"dir", "t"}, 1) == 0);
  BOOST_TEST(pause_after({-5, 7}, {"dir", "t"}, 1) == 0);
  BOOST_TEST(pause_after({250, 0}, {"dir", "t"}, 1) == 250);
  BOOST_TEST(pause_after({250, 0}, {"dir", "t"}, 9) == 250);
}

BOOST_AUTO_TEST_CASE(wait_longer_each_time_up_to_a_limit)
{
  const Backoff backoff{1000, 10'000};
  for (std::uint32_t attempt = 1; attempt < 70; ++attempt) {
    const std::int64_t most = attempt > 4 ? 10'000 : 1000 << (attempt - 1);
    const std::int64_t pause = pause_after(backoff, {"dir", "t"}, attempt);
    BOOST_TEST(pause >= most / 2);
    BOOST_TEST(pause <= most);
  }
  BOOST_TEST(pause_after({longest_pause_us, 9'000'000'000'000'000'000}, {"", "t"}, 4'000'000'000) <=
             longest_pause_us);
}

BOOST_AUTO_TEST_CASE(wait_as_long_in_every_run_but_not_as_long_as_others)
{
  const Backoff backoff{1'000'000, 10'000'000};
  const std::int64_t pause = pause_after(backoff, {"dir", "a"}, 2);
  BOOST_TEST(pause_after(backoff, {"dir", "a"}, 2) == pause);
  BOOST_TEST(pause_after(backoff, {"dir", "b"}, 2) != pause);
  BOOST_TEST(pause_after(backoff, {"dir", "a"}, 3) != 2 * pause);
}

BOOST_AUTO_TEST_CASE(are_spelled_as_ctest_has_them)
{
  BOOST_TEST((repeat_named("until-fail:7") == Repeat{RepeatMode::until_fail, 7}));
  BOOST_TEST((repeat_named("after-timeout:0") == Repeat{RepeatMode::after_timeout, 0}));
  for (const std::string_view text : {"", ":", "until-pass", "until-pass:", "until-pass:x",
                                      "until-pass:-1", "until-pass:1 ", "until_pass:1", "1"}) {
    BOOST_TEST(!repeat_named(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
