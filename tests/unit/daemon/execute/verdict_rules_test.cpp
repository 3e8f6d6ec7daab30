// Tests of the order in which ctest decides a verdict.
#include "daemon/execute/verdict_rules.hpp"

#include <boost/test/unit_test.hpp>

#include <signal.h>

#include <functional>

using namespace winnow;
using namespace winnow::execute;

namespace {

Decision decide(const std::function<void(TestProperties&)>& adjust, const ProcessEnd& end,
                const std::string& output = "")
{
  TestProperties properties;
  adjust(properties);
  return VerdictRules(properties).decide(end, output);
}

Verdict verdict(const std::function<void(TestProperties&)>& adjust, const ProcessEnd& end,
                const std::string& output = "")
{
  return decide(adjust, end, output).verdict;
}

void nothing(TestProperties& /*properties*/) {}

ProcessEnd exited(int code)
{
  ProcessEnd end;
  end.exit_code = code;
  return end;
}

ProcessEnd ended_by(EndedBy cause)
{
  ProcessEnd end;
  end.ended_by = cause;
  end.signal = SIGKILL;
  end.clock_us = 1'500'000;
  return end;
}

ProcessEnd signalled(int signal)
{
  ProcessEnd end;
  end.signal = signal;
  return end;
}

} // namespace

BOOST_AUTO_TEST_SUITE(verdicts)

BOOST_AUTO_TEST_CASE(an_exit_code_decides_where_nothing_else_does)
{
  BOOST_CHECK(verdict(nothing, exited(0)) == Verdict::passed);
  BOOST_CHECK(verdict(nothing, exited(3)) == Verdict::failed);
  BOOST_TEST(decide(nothing, exited(3)).reason == "exit code 3");
}

BOOST_AUTO_TEST_CASE(a_signal_is_a_crash_whatever_the_properties_say)
{
  const auto all = [](TestProperties& p) {
    p.will_fail = true;
    p.skip_return_code = 0;
    p.pass_regular_expression = {"good"};
    p.skip_regular_expression = {"good"};
  };
  BOOST_CHECK(verdict(all, signalled(SIGSEGV), "good") == Verdict::crashed);
  BOOST_TEST(decide(nothing, signalled(SIGSEGV)).reason == "segmentation fault (signal 11)");
}

BOOST_AUTO_TEST_CASE(a_timeout_is_one_whatever_the_properties_say)
{
  const auto all = [](TestProperties& p) {
    p.will_fail = true;
    p.skip_regular_expression = {"good"};
  };
  const Decision decision = decide(all, ended_by(EndedBy::timeout), "good");
  BOOST_CHECK(decision.verdict == Verdict::timed_out);
  BOOST_TEST(decision.reason == "timeout after 1.50 s");
}

BOOST_AUTO_TEST_CASE(what_was_asked_to_end_is_cancelled)
{
  BOOST_CHECK(verdict(nothing, ended_by(EndedBy::request)) == Verdict::cancelled);
}

BOOST_AUTO_TEST_CASE(the_skip_code_beats_everything_but_a_bad_end)
{
  const auto skip = [](TestProperties& p) {
    p.skip_return_code = 77;
    p.fail_regular_expression = {"bad"};
    p.will_fail = true;
  };
  BOOST_CHECK(verdict(skip, exited(77), "bad") == Verdict::skipped);
  BOOST_CHECK(verdict(skip, exited(1)) == Verdict::passed);
}

BOOST_AUTO_TEST_CASE(a_skip_code_out_of_range_is_ignored)
{
  const auto skip = [](TestProperties& p) { p.skip_return_code = 256; };
  BOOST_CHECK(verdict(skip, exited(0)) == Verdict::passed);
  const auto negative = [](TestProperties& p) { p.skip_return_code = -1; };
  BOOST_CHECK(verdict(negative, exited(255)) == Verdict::failed);
}

BOOST_AUTO_TEST_CASE(the_skip_expression_beats_the_failing_one)
{
  const auto both = [](TestProperties& p) {
    p.skip_regular_expression = {"nothing", "no gpu"};
    p.fail_regular_expression = {"gpu"};
  };
  BOOST_CHECK(verdict(both, exited(1), "there is no gpu\n") == Verdict::skipped);
  BOOST_CHECK(verdict(both, exited(0), "a gpu\n") == Verdict::failed);
}

BOOST_AUTO_TEST_CASE(a_pass_expression_takes_the_place_of_the_exit_code)
{
  const auto pass = [](TestProperties& p) { p.pass_regular_expression = {"ok", "fine"}; };
  BOOST_CHECK(verdict(pass, exited(9), "all fine\n") == Verdict::passed);
  BOOST_CHECK(verdict(pass, exited(0), "hm\n") == Verdict::failed);
}

BOOST_AUTO_TEST_CASE(a_fail_expression_beats_a_pass_expression)
{
  const auto both = [](TestProperties& p) {
    p.pass_regular_expression = {"ok"};
    p.fail_regular_expression = {"error"};
  };
  BOOST_CHECK(verdict(both, exited(0), "ok, one error\n") == Verdict::failed);
  BOOST_TEST(decide(both, exited(0), "ok, one error\n").reason ==
             "output matches FAIL_REGULAR_EXPRESSION error");
}

BOOST_AUTO_TEST_CASE(will_fail_turns_around_what_expressions_and_exit_code_decided)
{
  const auto will_fail = [](TestProperties& p) {
    p.will_fail = true;
    p.fail_regular_expression = {"error"};
  };
  BOOST_CHECK(verdict(will_fail, exited(0), "error\n") == Verdict::passed);
  BOOST_CHECK(verdict(will_fail, exited(2), "") == Verdict::passed);
  BOOST_CHECK(verdict(will_fail, exited(0), "") == Verdict::failed);
}

BOOST_AUTO_TEST_CASE(an_expression_cmake_would_not_compile_is_objected_to)
{
  TestProperties properties;
  properties.fail_regular_expression = {"(a*)*"};
  const VerdictRules rules(properties);
  BOOST_TEST(rules.objection().find("FAIL_REGULAR_EXPRESSION") != std::string::npos);
  BOOST_CHECK(rules.decide(exited(0), "").verdict == Verdict::not_run);
}

BOOST_AUTO_TEST_CASE(output_is_needed_only_for_expressions)
{
  TestProperties properties;
  BOOST_TEST(!VerdictRules(properties).needs_output(ProcessEnd{}));
  properties.skip_regular_expression = {"x"};
  BOOST_TEST(VerdictRules(properties).needs_output(ProcessEnd{}));
  ProcessEnd timed_out;
  timed_out.ended_by = EndedBy::timeout;
  BOOST_TEST(!VerdictRules(properties).needs_output(timed_out));
}

BOOST_AUTO_TEST_CASE(an_end_nobody_knows_is_never_a_pass)
{
  TestProperties properties;
  properties.will_fail = true;
  ProcessEnd end;
  end.unknown_because = "no such child";
  BOOST_CHECK(VerdictRules(properties).decide(end, "").verdict == Verdict::not_run);
}

BOOST_AUTO_TEST_SUITE_END()
