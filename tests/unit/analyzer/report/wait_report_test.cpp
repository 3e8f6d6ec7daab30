// What tests wait for, and how fast a run could have been, in words.
#include "analyzer/report/wait_report.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::report;

BOOST_AUTO_TEST_SUITE(waits_in_words)

BOOST_AUTO_TEST_CASE(waiting_tests_are_grouped)
{
  BOOST_TEST(waiting_text({}) == "");
  BOOST_TEST(waiting_text({{12, WaitCause::cpu, "", ""},
                           {3, WaitCause::lock, "db", "dir/test"},
                           {2, WaitCause::slots, "gpus", ""},
                           {1, WaitCause::serial_test, "", "all/alone"}}) ==
             "12 for cpu, 3 for lock db (dir/test has it), 2 for slots of gpus, 1 for a test that "
             "runs alone (all/alone)");
}

BOOST_AUTO_TEST_CASE(a_test_says_what_it_waited_for)
{
  TestResult result;
  BOOST_TEST(waits_text(result) == "");
  result.waited_us = 1'500'000;
  result.waited_for = WaitCause::memory;
  BOOST_TEST(waits_text(result) == "1.5 s for memory");
  result.waits = std::vector<WaitPart>{{WaitCause::lock, 1'400'000, "db", "dir/other"},
                                       {WaitCause::predecessor, 100'000, "", "dir/setup"}};
  BOOST_TEST(waits_text(result) ==
             "1.4 s for lock db (dir/other had it last), 100 ms for tests before them (dir/setup)");
}

BOOST_AUTO_TEST_CASE(a_bound_says_what_it_is_of_and_what_was_lost)
{
  RunFinished end{RunEnd::completed, 12'300'000, 11'000'000, std::nullopt, {}};
  BOOST_TEST(bound_text(end, 2) == "");
  end.bound = RunBound{BoundBy::longest_path, "", {"a", "d/b"}, 3};
  end.idle = {{WaitCause::lock, 2'460'000}, {WaitCause::nothing, 10}};
  BOOST_TEST(bound_text(end, 2) ==
             "no order takes less than 11.0 s: one after another run a -> d/b -> 1 more; it took "
             "1.3 s more; the cpus were idle for 10 %, mostly while tests waited for a lock");
  end.duration_us = 11'001'000;
  end.bound = RunBound{BoundBy::cpu, "", {}, 0};
  BOOST_TEST(bound_text(end, 2) == "no order takes less than 11.0 s: that is the work of the cpus");
}

BOOST_AUTO_TEST_SUITE_END()
