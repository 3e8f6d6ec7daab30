// Tests that run more than once, and runs that have to stop.
#include "daemon/execute/cpu_pool.hpp"
#include "daemon/serve/clock.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

using namespace winnow;
using namespace winnow::serve;

namespace {

/// Fails once, then passes.
constexpr const char* fails_first = "echo $$; [ -e been ] || { touch been; exit 1; }";

struct RepeatFixture : ServiceFixture {
  Lines attempts(const Run& run) const
  {
    Lines lines;
    for (const TestFinished& event : events_of<TestFinished>(run)) {
      lines.push_back(event.result.key.name + " " + std::to_string(event.result.attempt) + " " +
                      std::string(name_of(event.result.verdict)) +
                      (event.result.again ? " again" : "") + (event.result.flaky ? " flaky" : ""));
    }
    return lines;
  }
};

void check(const Lines& found, const Lines& expected)
{
  BOOST_TEST(found == expected, boost::test_tools::per_element());
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(repeated_tests, RepeatFixture)

BOOST_AUTO_TEST_CASE(a_test_that_fails_first_passes_in_the_end)
{
  shell("flaky", fails_first);
  request.repeat = Repeat{RepeatMode::until_pass, 3};
  const auto run = run_all();
  check(attempts(*run), {"flaky 1 failed again", "flaky 2 passed flaky"});
  const auto starts = events_of<TestStarted>(*run);
  BOOST_REQUIRE(starts.size() == 2U);
  BOOST_TEST(starts[1].attempt == 2U);
  const RunSummary summary = required(store.run(run->id())).value();
  BOOST_TEST(summary.finished == 1U);
  BOOST_TEST(summary.failed == 0U);
  BOOST_TEST(run->summary().finished == 1U);
}

BOOST_AUTO_TEST_CASE(each_attempt_has_its_output)
{
  shell("flaky", fails_first);
  request.repeat = Repeat{RepeatMode::until_pass, 3};
  const auto run = run_all();
  const auto first = required(store.output_of(run->id(), 0, 1)).value();
  const auto last = required(store.output_of(run->id(), 0)).value();
  BOOST_TEST(first.offset != last.offset);
  BOOST_TEST(first.length > 0U);
  BOOST_TEST(required(store.output_of(run->id(), 0, 2)).value().offset == last.offset);
  BOOST_TEST(!required(store.output_of(run->id(), 0, 3)).has_value());
  const auto results = required(store.results(run->id()));
  BOOST_REQUIRE(results.size() == 2U);
  BOOST_TEST(results[0].result.again);
  BOOST_TEST(!results[0].result.flaky);
  BOOST_TEST(!results[1].result.again);
  BOOST_TEST(results[1].result.flaky);
}

BOOST_AUTO_TEST_CASE(until_fail_ends_with_the_first_failure)
{
  shell("wears_out", "echo x >> count; [ $(wc -l < count) -lt 3 ]");
  request.repeat = Repeat{RepeatMode::until_fail, 5};
  check(attempts(*run_all()),
        {"wears_out 1 passed again", "wears_out 2 passed again", "wears_out 3 failed"});
}

BOOST_AUTO_TEST_CASE(what_needs_a_setup_waits_for_its_last_attempt)
{
  shell("setup", fails_first).fixtures_setup = {"f"};
  shell("user", "true").fixtures_required = {"f"};
  request.repeat = Repeat{RepeatMode::until_pass, 2};
  check(attempts(*run_all()), {"setup 1 failed again", "setup 2 passed flaky", "user 1 passed"});
}

BOOST_AUTO_TEST_CASE(only_a_last_failure_fails_fast)
{
  shell("flaky", fails_first);
  shell("next", "true").depends = {"flaky"};
  request.max_failures = 1;
  request.repeat = Repeat{RepeatMode::until_pass, 2};
  check(attempts(*run_all()), {"flaky 1 failed again", "flaky 2 passed flaky", "next 1 passed"});
}

BOOST_AUTO_TEST_CASE(what_a_test_says_of_its_repetition_is_stronger_than_what_its_run_says)
{
  shell("once", "exit 1");
  shell("twice", "exit 1").depends = {"once"};
  shell("as_the_run", "exit 1").depends = {"twice"};
  request.tests[0].repeat = Repeat{RepeatMode::until_pass, 1};
  request.tests[1].repeat = Repeat{RepeatMode::until_pass, 2};
  request.repeat = Repeat{RepeatMode::until_fail, 9};
  check(attempts(*run_all()),
        {"once 1 failed", "twice 1 failed again", "twice 2 failed", "as_the_run 1 failed"});
}

BOOST_AUTO_TEST_CASE(who_waits_before_it_runs_again_leaves_its_place_to_others)
{
  request.jobs = 1;
  shell("flaky", fails_first).resource_locks = {"db"};
  shell("other", "true").resource_locks = {"db"};
  shell("after", "true").depends = {"flaky"};
  request.tests[0].description.properties.edit().cost = 9;
  request.repeat = Repeat{RepeatMode::until_pass, 2, {300'000, 0}};
  const auto run = run_all();
  check(attempts(*run),
        {"flaky 1 failed again", "other 1 passed", "flaky 2 passed flaky", "after 1 passed"});
  const auto results = required(store.results(run->id()));
  const TestResult& first = results[0].result;
  BOOST_TEST(results[2].result.started_us - first.started_us - first.duration_us >= 290'000);
}

BOOST_AUTO_TEST_CASE(what_follows_at_once_keeps_its_place)
{
  request.jobs = 1;
  shell("flaky", fails_first);
  shell("other", "true");
  request.tests[0].description.properties.edit().cost = 9;
  request.repeat = Repeat{RepeatMode::until_pass, 2};
  check(attempts(*run_all()), {"flaky 1 failed again", "flaky 2 passed flaky", "other 1 passed"});
}

BOOST_AUTO_TEST_CASE(who_waits_is_not_running)
{
  shell("flaky", fails_first);
  request.repeat = Repeat{RepeatMode::until_pass, 2, {150'000, 0}};
  const auto run = submit();
  work_until([&] { return !events_of<TestFinished>(*run).empty(); });
  BOOST_CHECK(run->state_of(0) == TestState::waiting);
  work_until([&] { return run->ended(); });
  BOOST_CHECK(run->state_of(0) == TestState::finished);
}

BOOST_AUTO_TEST_CASE(a_cancel_waits_for_no_pause)
{
  shell("setup", "exit 1").fixtures_setup = {"f"};
  shell("cleanup", "[ -e go ]").fixtures_cleanup = {"f"};
  request.repeat = Repeat{RepeatMode::until_pass, 3, {3'600'000'000, 0}};
  const auto run = submit();
  work_until([&] { return events_of<TestFinished>(*run).size() == 1U; });
  service->cancel(run->id(), WhatRuns::finishes);
  work_until([&] { return run->ended(); });
  check(attempts(*run), {"setup 1 failed again", "setup 2 cancelled", "cleanup 1 failed"});
}

BOOST_AUTO_TEST_CASE(enough_failures_end_pauses_too)
{
  request.jobs = 1;
  request.max_failures = 1;
  shell("waits", "exit 1");
  shell("fails", "exit 1");
  request.tests[0].description.properties.edit().cost = 9;
  request.tests[0].repeat = Repeat{RepeatMode::until_pass, 3, {3'600'000'000, 0}};
  check(attempts(*run_all()), {"waits 1 failed again", "fails 1 failed", "waits 2 cancelled"});
}

BOOST_AUTO_TEST_CASE(nothing_goes_into_a_pause_after_enough_failures)
{
  request.max_failures = 1;
  shell("later", "while [ ! -e gone ]; do sleep 0.01; done; exit 1");
  shell("fails", "exit 1");
  request.tests[0].repeat = Repeat{RepeatMode::until_pass, 3, {3'600'000'000, 0}};
  const auto run = submit();
  work_until([&] { return run->state_of(1) == TestState::finished; });
  std::ofstream(scratch.path() + "/gone").put('x');
  work_until([&] { return run->ended(); });
  check(attempts(*run), {"fails 1 failed", "later 1 failed"});
}

BOOST_AUTO_TEST_CASE(a_paced_test_keeps_its_permit_while_it_waits)
{
  shell("flaky", fails_first);
  request.paced = true;
  request.repeat = Repeat{RepeatMode::until_pass, 2, {50'000, 0}};
  const auto run = submit();
  work_until([&] { return !events_of<StartWanted>(*run).empty(); });
  BOOST_TEST(service->permit_start(run->id()));
  work_until([&] { return run->ended(); });
  check(attempts(*run), {"flaky 1 failed again", "flaky 2 passed flaky"});
  BOOST_TEST(events_of<StartWanted>(*run).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_cancelled_run_repeats_nothing)
{
  shell("stubborn", "touch runs; sleep 60");
  request.repeat = Repeat{RepeatMode::until_pass, 100};
  const auto run = submit();
  work_until([&] { return std::filesystem::exists(scratch / "runs"); });
  service->cancel(run->id(), WhatRuns::is_killed);
  work_until([&] { return run->ended(); });
  check(attempts(*run), {"stubborn 1 cancelled"});
}

BOOST_AUTO_TEST_CASE(at_its_stop_time_a_run_ends_what_runs_and_starts_nothing_more)
{
  shell("long", "sleep 60");
  shell("next", "touch started").depends = {"long"};
  request.stop_at_us = serve::now_us() + 300'000;
  const auto run = run_all();
  check(sorted(attempts(*run)), {"long 1 timed out", "next 1 cancelled"});
  for (const TestFinished& event : events_of<TestFinished>(*run)) {
    BOOST_TEST(event.result.reason == "the run's stop time came");
  }
  BOOST_TEST(!std::filesystem::exists(scratch / "started"));
  BOOST_CHECK(end_of(*run).end == RunEnd::completed);
}

BOOST_AUTO_TEST_CASE(after_its_stop_time_a_run_starts_nothing)
{
  shell("test", "touch started");
  request.stop_at_us = serve::now_us() - 1;
  check(attempts(*run_all()), {"test 1 cancelled"});
  BOOST_TEST(!std::filesystem::exists(scratch / "started"));
}

BOOST_AUTO_TEST_CASE(a_test_that_wants_cpus_of_its_own_has_them)
{
  TestProperties& pinned = shell("pinned", "unset OMP_NUM_THREADS; nproc > pinned");
  pinned.processor_affinity = true;
  shell("free", "unset OMP_NUM_THREADS; nproc > free").depends = {"pinned"};
  run_all();
  std::size_t on_pinned = 0;
  std::size_t on_free = 0;
  std::ifstream(scratch / "pinned") >> on_pinned;
  std::ifstream(scratch / "free") >> on_free;
  BOOST_TEST(on_pinned == 1U);
  BOOST_TEST(on_free == execute::allowed_cpus().size());
}

BOOST_AUTO_TEST_CASE(a_loaded_machine_is_given_nothing_more)
{
  double load = 3.2;
  service.emplace(io.get_executor(), store, two_cpus, impatient, Retention{}, [&] { return load; });
  shell("wide", "true").processors = 2;
  shell("narrow", "touch narrow");
  request.load_limit = 5;
  const auto run = submit();
  work_until([&] { return !events_of<TestFinished>(*run).empty(); });
  check(attempts(*run), {"narrow 1 passed"}); // of 5 there is 1 left
  load = 0;
  work_until([&] { return run->ended(); });
  check(attempts(*run), {"narrow 1 passed", "wide 1 passed"});
}

BOOST_AUTO_TEST_SUITE_END()
