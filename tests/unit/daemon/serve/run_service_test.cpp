// Tests of runs from their request to their end, with real processes.
#include "daemon/execute/proc_files.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace winnow;
using namespace winnow::serve;

namespace {

struct RunFixture : ServiceFixture {
  bool exists(const std::string& name) const { return std::filesystem::exists(scratch / name); }

  std::string content(const std::string& name) const
  {
    std::ifstream file(scratch / name);
    return {std::istreambuf_iterator<char>(file), {}};
  }
};

void check(const Lines& found, const Lines& expected)
{
  BOOST_TEST(found == expected, boost::test_tools::per_element());
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(run_services, RunFixture)

BOOST_AUTO_TEST_CASE(a_run_tells_what_became_of_each_test)
{
  add("good", {"/bin/true"});
  add("bad", {"/bin/false"});
  add("off", {"/bin/true"}).disabled = true;
  add("absent", {"./nothing_here"});
  const std::shared_ptr<Run> run = run_all();
  check(sorted(told(*run)), {"absent: not run", "bad: failed", "good: passed", "off: disabled"});
  BOOST_CHECK(end_of(*run).end == RunEnd::completed);
  BOOST_TEST(run->summary().failed == 2U);
  BOOST_TEST(events_of<TestStarted>(*run).size() == 3U);
  BOOST_TEST(required(store.results(run->id())).size() == 4U);
}

BOOST_AUTO_TEST_CASE(tests_that_wait_in_a_circle_are_refused)
{
  add("a", {"/bin/true"}).depends = {"b"};
  add("b", {"/bin/true"}).depends = {"a"};
  const Result<std::string> refused = service->submit(request);
  BOOST_REQUIRE(!refused);
  BOOST_CHECK(refused.error().kind == ErrorKind::user);
  BOOST_TEST(required(store.runs(5)).empty());
}

BOOST_AUTO_TEST_CASE(fixtures_are_set_up_used_and_cleaned_up_in_order)
{
  shell("cleanup", "echo cleanup >> log").fixtures_cleanup = {"f"};
  shell("one", "echo use >> log").fixtures_required = {"f"};
  shell("two", "echo use >> log").fixtures_required = {"f"};
  shell("setup", "echo setup >> log").fixtures_setup = {"f"};
  run_all();
  BOOST_TEST(content("log") == "setup\nuse\nuse\ncleanup\n");
}

BOOST_AUTO_TEST_CASE(without_its_fixture_a_test_is_not_run)
{
  add("setup", {"/bin/false"}).fixtures_setup = {"f"};
  shell("user", "touch used").fixtures_required = {"f"};
  shell("cleanup", "touch cleaned").fixtures_cleanup = {"f"};
  const std::shared_ptr<Run> run = run_all();
  check(told(*run), {"setup: failed", "user: not run", "cleanup: passed"});
  BOOST_TEST(events_of<TestFinished>(*run)[1].result.reason == "failed test dependencies: setup");
  BOOST_TEST(!exists("used"));
  BOOST_TEST(exists("cleaned"));
}

BOOST_AUTO_TEST_CASE(what_a_setup_leaves_running_lives_until_its_cleanup_has_run)
{
  shell("setup", "sleep 600 & echo $! > pid").fixtures_setup = {"f"};
  shell("user", "kill -0 $(cat pid)").fixtures_required = {"f"};
  shell("cleanup", "kill -0 $(cat pid)").fixtures_cleanup = {"f"};
  const std::shared_ptr<Run> run = run_all();
  check(told(*run), {"setup: passed", "user: passed", "cleanup: passed"});
  const auto server = execute::stat_of(std::stoi(content("pid")));
  BOOST_TEST(!(server && server->lives()));
}

BOOST_AUTO_TEST_CASE(a_lock_is_held_by_one_test_at_a_time_across_runs)
{
  for (int i = 0; i < 4; ++i) {
    shell("t" + std::to_string(i), "mkdir held && sleep 0.02 && rmdir held").resource_locks = {"l"};
  }
  const std::shared_ptr<Run> one = submit();
  const std::shared_ptr<Run> two = submit();
  work_until([&] { return one->ended() && two->ended(); });
  BOOST_TEST(one->summary().failed == 0U);
  BOOST_TEST(two->summary().failed == 0U);
}

BOOST_AUTO_TEST_CASE(tests_share_the_resources_there_are)
{
  request.dialect = Dialect::ctest;
  request.jobs = 4;
  request.resource_spec = ResourceSpec{"spec.json", {{"gpus", {{"a", 1}}}}};
  for (int i = 0; i < 4; ++i) {
    shell("t" + std::to_string(i), "mkdir held && sleep 0.02 && rmdir held && "
                                   "[ $CTEST_RESOURCE_GROUP_0_GPUS = id:a,slots:1 ]")
        .resource_groups = {{{"gpus", 1}}};
  }
  shell("much", "touch much").resource_groups = {{{"gpus", 2}}};
  const std::shared_ptr<Run> run = run_all();
  check(sorted(told(*run)),
        {"much: not run", "t0: passed", "t1: passed", "t2: passed", "t3: passed"});
  BOOST_TEST(!exists("much"));
  for (const TestFinished& finished : events_of<TestFinished>(*run)) {
    if (finished.result.verdict == Verdict::not_run) {
      BOOST_TEST(finished.result.reason.starts_with("insufficient resources:\n\n  Test requested"));
      BOOST_TEST(finished.result.reason.ends_with("Resource spec file:\n\n  spec.json"));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_test_can_tell_which_resources_there_are)
{
  request.dialect = Dialect::ctest;
  request.build_dir = scratch.path();
  TestProperties& setup = shell("setup", R"(echo '{"version": {"major": 1, "minor": 0},
      "local": [{"gpus": [{"id": "x"}]}]}' > made.json; [ -z $CTEST_RESOURCE_GROUP_COUNT ])");
  setup.fixtures_setup = {"f"};
  setup.others = {{"GENERATED_RESOURCE_SPEC_FILE", "made.json"}};
  TestProperties& user = shell("user", "[ $CTEST_RESOURCE_GROUP_0_GPUS = id:x,slots:1 ]");
  user.fixtures_required = {"f"};
  user.resource_groups = {{{"gpus", 1}}};
  TestProperties& much = shell("much", "true");
  much.fixtures_required = {"f"};
  much.resource_groups = {{{"gpus", 2}}};
  check(sorted(told(*run_all())), {"much: not run", "setup: passed", "user: passed"});
}

BOOST_AUTO_TEST_CASE(a_test_that_does_not_tell_which_resources_there_are_has_failed)
{
  request.dialect = Dialect::ctest;
  request.build_dir = scratch.path();
  TestProperties& setup = shell("setup", "true");
  setup.fixtures_setup = {"f"};
  setup.others = {{"GENERATED_RESOURCE_SPEC_FILE", "made.json"}};
  shell("user", "true").fixtures_required = {"f"};
  const std::shared_ptr<Run> run = run_all();
  check(told(*run), {"setup: failed", "user: not run"});
  BOOST_TEST(events_of<TestFinished>(*run)[0].result.reason ==
             "invalid resource spec file: could not read/parse resource spec file made.json: File "
             "not found");
}

BOOST_AUTO_TEST_CASE(fail_fast_starts_nothing_more)
{
  request.max_failures = 1;
  request.jobs = 1;
  add("bad", {"/bin/false"});
  shell("later", "touch later").depends = {"bad"};
  const std::shared_ptr<Run> run = run_all();
  check(told(*run), {"bad: failed", "later: cancelled"});
  BOOST_CHECK(end_of(*run).end == RunEnd::completed);
  BOOST_TEST(!exists("later"));
}

BOOST_AUTO_TEST_CASE(a_run_stops_after_as_many_failures_as_it_stands)
{
  request.max_failures = 2;
  request.jobs = 1;
  add("first", {"/bin/false"});
  add("second", {"/bin/false"}).depends = {"first"};
  add("later", {"/bin/false"}).depends = {"second"};
  check(told(*run_all()), {"first: failed", "second: failed", "later: cancelled"});
}

BOOST_AUTO_TEST_CASE(a_cancelled_run_lets_finish_what_runs)
{
  shell("runs", "touch begun; while [ ! -e go ]; do sleep 0.01; done");
  shell("waits", "true").depends = {"runs"};
  const std::shared_ptr<Run> run = submit();
  work_until([&] { return exists("begun"); });
  service->cancel(run->id(), WhatRuns::finishes);
  std::ofstream(scratch / "go");
  work_until([&] { return run->ended(); });
  check(sorted(told(*run)), {"runs: passed", "waits: cancelled"});
  BOOST_CHECK(end_of(*run).end == RunEnd::cancelled);
  BOOST_TEST(required(store.run(run->id()))->state == "cancelled");
}

BOOST_AUTO_TEST_CASE(a_killed_run_ends_what_runs)
{
  shell("runs", "touch begun; exec sleep 600");
  const std::shared_ptr<Run> run = submit();
  work_until([&] { return exists("begun"); });
  service->cancel(run->id(), WhatRuns::is_killed);
  work_until([&] { return run->ended(); });
  check(told(*run), {"runs: cancelled"});
}

BOOST_AUTO_TEST_CASE(cleanups_of_what_was_set_up_run_after_a_cancel)
{
  add("setup", {"/bin/true"}).fixtures_setup = {"f"};
  shell("user", "touch begun; exec sleep 600").fixtures_required = {"f"};
  shell("cleanup", "touch cleaned").fixtures_cleanup = {"f"};
  add("other_setup", {"/bin/true"}).depends = {"user"};
  request.tests.back().description.properties.edit().fixtures_setup = {"other"};
  shell("other_cleanup", "touch other").fixtures_cleanup = {"other"};
  const std::shared_ptr<Run> run = submit();
  work_until([&] { return exists("begun"); });
  service->cancel(run->id(), WhatRuns::is_killed);
  work_until([&] { return run->ended(); });
  check(sorted(told(*run)), {"cleanup: passed", "other_cleanup: cancelled",
                             "other_setup: cancelled", "setup: passed", "user: cancelled"});
  BOOST_TEST(exists("cleaned"));
  BOOST_TEST(!exists("other"));
}

BOOST_AUTO_TEST_CASE(after_a_cancel_a_cleanup_waits_for_what_still_uses_its_fixture)
{
  for (const bool with_ctest : {false, true}) {
    BOOST_TEST_CONTEXT((with_ctest ? "ctest -j1" : "winnow"))
    {
      request.dialect = with_ctest ? Dialect::ctest : Dialect::winnow;
      request.jobs = with_ctest ? 1 : 2;
      request.tests.clear();
      shell("setup", "rm -f begun go used").fixtures_setup = {"f"};
      shell("user", "touch begun; while [ ! -e go ]; do sleep 0.01; done; touch used")
          .fixtures_required = {"f"};
      shell("cleanup", "[ -e used ]").fixtures_cleanup = {"f"};
      const std::shared_ptr<Run> run = submit();
      work_until([&] { return events_of<TestStarted>(*run).size() == 2 && exists("begun"); });
      service->cancel(run->id(), WhatRuns::finishes);
      io.restart();
      io.poll(); // what the cancel makes possible starts now
      BOOST_TEST(events_of<TestStarted>(*run).size() == 2U);
      std::ofstream(scratch / "go");
      work_until([&] { return run->ended(); });
      check(told(*run), {"setup: passed", "user: passed", "cleanup: passed"});
    }
  }
}

BOOST_AUTO_TEST_CASE(after_a_cancel_cleanups_keep_to_the_limit_of_running_tests)
{
  request.dialect = Dialect::ctest;
  request.max_failures = 1;
  request.jobs = 1;
  for (const std::string fixture : {"f", "g"}) {
    shell("setup_" + fixture, "true").fixtures_setup = {fixture};
    shell("cleanup_" + fixture, "mkdir alone && sleep 0.05 && rmdir alone").fixtures_cleanup = {
        fixture};
  }
  add("bad", {"/bin/false"}).fixtures_required = {"f", "g"};
  const std::shared_ptr<Run> run = run_all();
  check(sorted(told(*run)), {"bad: failed", "cleanup_f: passed", "cleanup_g: passed",
                             "setup_f: passed", "setup_g: passed"});
}

BOOST_AUTO_TEST_CASE(tests_that_wait_run_beside_each_other_though_nobody_said_so)
{
  request.jobs = 1;
  for (int i = 0; i < 20; ++i) {
    shell("waits" + std::to_string(i), "sleep 0.4");
  }
  const std::shared_ptr<Run> run = run_all();
  std::int64_t sum_us = 0;
  for (const TestFinished& event : events_of<TestFinished>(*run)) {
    sum_us += event.result.duration_us;
  }
  BOOST_TEST(sum_us >= 3 * end_of(*run).duration_us); // three at once, all the time
  BOOST_TEST(end_of(*run).lower_bound_us <= end_of(*run).duration_us);
}

BOOST_AUTO_TEST_CASE(while_no_memory_is_free_one_test_runs_at_a_time)
{
  const auto short_of_memory = [] {
    return schedule::Capacity{.cpu_milli = 4000, .memory_bytes = 1 << 30, .available_bytes = 0};
  };
  service.emplace(io.get_executor(), store, short_of_memory, impatient);
  request.jobs.reset();
  for (int i = 0; i < 4; ++i) {
    shell("alone" + std::to_string(i), "mkdir held && sleep 0.05 && rmdir held");
  }
  BOOST_TEST(run_all()->summary().failed == 0U);
}

BOOST_AUTO_TEST_CASE(waiting_counts_from_the_end_of_what_a_test_depends_on)
{
  request.jobs = 1;
  shell("first", "sleep 0.2");
  shell("second", "true").depends = {"first"};
  const std::shared_ptr<Run> run = run_all();
  const TestResult first = events_of<TestFinished>(*run)[0].result;
  const TestResult second = events_of<TestFinished>(*run)[1].result;
  BOOST_TEST(second.key.name == "second");
  // Counted from the start, it would hold the first one's time a second time.
  BOOST_TEST(first.waited_us + first.duration_us + second.waited_us + second.duration_us <=
             end_of(*run).duration_us);
}

BOOST_AUTO_TEST_CASE(waiting_for_room_is_measured)
{
  request.jobs = 1;
  shell("one", "sleep 0.2");
  shell("two", "sleep 0.2");
  for (RequestedTest& test : request.tests) {
    test.description.stated.cpu_milli = 1000; // or it would be seen to need none
  }
  const std::shared_ptr<Run> run = run_all();
  const std::vector<TestFinished> ends = events_of<TestFinished>(*run);
  BOOST_TEST(ends[1].result.waited_us >= ends[0].result.waited_us + ends[0].result.duration_us);
  BOOST_TEST(required(store.results(run->id()))[1].result.waited_us == ends[1].result.waited_us);
}

BOOST_AUTO_TEST_CASE(no_run_is_faster_than_its_longest_path)
{
  shell("setup", "sleep 0.1").fixtures_setup = {"f"};
  shell("user", "sleep 0.1").fixtures_required = {"f"};
  shell("last", "sleep 0.1").depends = {"user"};
  const std::shared_ptr<Run> run = run_all();
  std::int64_t path_us = 0;
  for (const TestFinished& event : events_of<TestFinished>(*run)) {
    path_us += event.result.duration_us;
  }
  const RunFinished end = end_of(*run);
  BOOST_TEST(end.lower_bound_us == path_us);
  BOOST_TEST(end.lower_bound_us <= end.duration_us);
}

BOOST_AUTO_TEST_CASE(old_runs_are_removed_while_the_service_lives)
{
  service.emplace(io.get_executor(), store, two_cpus, impatient, Retention{2, 3});
  add("good", {"/bin/true"});
  std::vector<std::string> ids;
  for (int i = 0; i < 6; ++i) {
    ids.push_back(run_all()->id());
  }
  const std::vector<RunSummary> runs = required(store.runs(10));
  BOOST_REQUIRE(runs.size() == 2U);
  BOOST_TEST(runs[0].run_id == ids[5]);
  BOOST_TEST(runs[1].run_id == ids[4]);
  BOOST_TEST(!std::filesystem::exists(store.output_path(ids[3])));
  BOOST_TEST(std::filesystem::exists(store.output_path(ids[5])));
}

BOOST_AUTO_TEST_CASE(the_service_is_idle_when_the_last_run_has_ended)
{
  add("good", {"/bin/true"});
  int idle = 0;
  service->when_idle([&] { ++idle; });
  const std::shared_ptr<Run> one = submit();
  const std::shared_ptr<Run> two = submit();
  BOOST_TEST(service->living_count() == 2U);
  work_until([&] { return one->ended() && two->ended(); });
  BOOST_TEST(service->living_count() == 0U);
  BOOST_TEST(idle == 1);
  BOOST_REQUIRE(service->ended(one->id()) != nullptr);
  BOOST_TEST(service->ended(one->id())->summary.state == "completed");
  BOOST_CHECK(service->find(one->id()) == nullptr);
  BOOST_CHECK(service->ended("nosuchrun") == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
