// Tests that are ended while memory is short, or die of it: whose fault it was, and what follows.
#include "daemon/serve/machine_source.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

using namespace winnow;
using namespace winnow::serve;

namespace {

/// Told by files: where `killed` is, the kernel has killed somebody once for each byte; where
/// `scarce` is, next to nothing is free.
struct ShortMemory : ServiceFixture {
  ShortMemory()
  {
    const std::string killed = scratch / "killed";
    const std::string scarce = scratch / "scarce";
    service.emplace(
        io.get_executor(), store,
        [killed, scarce] {
          MachineState state({.cpu_milli = 2000, .memory_bytes = 900 << 20});
          state.reading.memory_bytes = 1000 << 20;
          state.reading.free_bytes = (std::filesystem::exists(scarce) ? 10 : 800) << 20;
          std::error_code absent;
          const auto count = std::filesystem::file_size(killed, absent);
          state.oom_kills = absent ? 0 : count;
          return state;
        },
        impatient);
  }

  Lines attempts(const Run& run) const
  {
    Lines lines;
    for (const TestFinished& event : events_of<TestFinished>(run)) {
      const TestResult& result = event.result;
      lines.push_back(result.key.name + " " + std::to_string(result.attempt) + " " +
                      std::string(name_of(result.verdict)) + (result.again ? " again" : "") +
                      (result.flaky ? " flaky" : "") + (result.environment ? " environment" : ""));
    }
    return lines;
  }

  void check(const Run& run, const Lines& expected)
  {
    BOOST_TEST(attempts(run) == expected, boost::test_tools::per_element());
  }

  TestResult last(const Run& run) { return events_of<TestFinished>(run).back().result; }
};

/// As the kernel would, once.
constexpr const char* killed_once = "[ -e killed ] && exit 0; printf x > killed; kill -9 $$";

} // namespace

BOOST_FIXTURE_TEST_SUITE(short_memory, ShortMemory)

BOOST_AUTO_TEST_CASE(who_was_killed_runs_again_alone)
{
  shell("large", killed_once);
  const auto run = run_all();
  check(*run, {"large 1 cancelled again environment", "large 2 passed environment"});
  BOOST_TEST(
      events_of<TestFinished>(*run).front().result.reason.starts_with("killed for want of memory"));
  BOOST_TEST(run->summary().failed == 0U);
  BOOST_TEST(service->use().pressure.tests_killed == 1U);
  BOOST_TEST(service->use().pressure.tests_ended == 0U);
  const auto results = required(store.results(run->id()));
  BOOST_REQUIRE(results.size() == 2U);
  BOOST_TEST(results[0].result.environment);
  BOOST_TEST(results[0].result.again);
  BOOST_TEST(results[1].result.environment);
  BOOST_TEST(required(store.flakiness("project", "Debug", std::nullopt)).tests.empty());
}

BOOST_AUTO_TEST_CASE(shortage_is_told_while_it_lasts)
{
  shell("holds", "touch begun; while [ ! -e go ]; do sleep 0.01; done");
  const auto run = submit();
  work_until([&] { return std::filesystem::exists(scratch / "begun"); });
  BOOST_TEST((service->use().pressure == PressureState()));
  BOOST_TEST(service->use().memory_free_bytes.value() == 800U << 20);
  std::ofstream(scratch / "scarce") << "";
  work_until([&] { return service->use().pressure.of == Shortage::memory; });
  work_until([&] { return service->use().pressure.for_us > 0; });
  BOOST_TEST(service->use().memory_free_bytes.value() == 10U << 20);
  std::filesystem::remove(scratch / "scarce");
  work_until([&] { return service->use().pressure == PressureState(); });
  std::ofstream(scratch / "go") << "";
  work_until([&] { return run->ended(); });
  check(*run, {"holds 1 passed"}); // the only one is not ended
}

BOOST_AUTO_TEST_CASE(who_is_killed_again_is_over_memory)
{
  shell("large", "printf x >> killed; kill -9 $$");
  const auto run = run_all();
  check(*run, {"large 1 cancelled again environment", "large 2 over memory environment"});
  BOOST_TEST(last(*run).reason.starts_with("killed for want of memory though it ran alone: "));
  BOOST_TEST(last(*run).reason.ends_with(" of 1000 MB"));
  BOOST_TEST(required(store.flakiness("project", "Debug", std::nullopt)).tests.empty());
}

BOOST_AUTO_TEST_CASE(who_lost_a_child_runs_again_alone)
{
  shell("parent", "[ -e killed ] && exit 0; printf x > killed; exit 3");
  check(*run_all(), {"parent 1 cancelled again environment", "parent 2 passed environment"});
}

BOOST_AUTO_TEST_CASE(a_failure_that_is_expected_may_be_for_want_of_memory)
{
  shell("fails", "[ -e killed ] || { printf x > killed; exit 3; }; exit 1").will_fail = true;
  check(*run_all(), {"fails 1 cancelled again environment", "fails 2 passed environment"});
}

BOOST_AUTO_TEST_CASE(a_kill_that_nobody_counted_is_a_crash)
{
  shell("crashes", "kill -9 $$");
  check(*run_all(), {"crashes 1 crashed"});
}

BOOST_AUTO_TEST_CASE(who_passed_beside_one_that_was_killed_has_passed)
{
  shell("passes", "printf x > killed");
  check(*run_all(), {"passes 1 passed"});
}

BOOST_AUTO_TEST_CASE(it_is_no_retry)
{
  shell("large", "[ -e killed ] || { printf x > killed; kill -9 $$; };"
                 "[ -e failed ] || { touch failed; exit 1; }");
  request.repeat = Repeat{RepeatMode::until_pass, 2};
  request.max_failures = 1;
  check(*run_all(), {"large 1 cancelled again environment", "large 2 failed again environment",
                     "large 3 passed flaky environment"});
}

BOOST_AUTO_TEST_CASE(in_ctests_very_place_it_has_crashed)
{
  shell("large", killed_once);
  request.rerun_for_memory = false;
  check(*run_all(), {"large 1 crashed"});
}

BOOST_AUTO_TEST_CASE(one_that_had_a_permit_needs_another)
{
  shell("large", killed_once);
  request.paced = true;
  const auto run = submit();
  work_until([&] { return events_of<StartWanted>(*run).size() == 1; });
  BOOST_TEST(service->permit_start(run->id()));
  work_until([&] {
    return events_of<StartWanted>(*run).size() == 2 && !events_of<TestFinished>(*run).empty();
  });
  check(*run, {"large 1 cancelled again environment"});
  BOOST_TEST(service->permit_start(run->id()));
  work_until([&] { return run->ended(); });
  check(*run, {"large 1 cancelled again environment", "large 2 passed environment"});
}

BOOST_AUTO_TEST_CASE(users_of_a_setup_wait_for_it)
{
  shell("setup", killed_once).fixtures_setup = {"f"};
  shell("user", "true").fixtures_required = {"f"};
  check(*run_all(),
        {"setup 1 cancelled again environment", "setup 2 passed environment", "user 1 passed"});
}

BOOST_AUTO_TEST_CASE(a_run_that_stops_does_not_run_it_again)
{
  shell("fails", "exit 1");
  shell("large", "while [ ! -e failed ]; do sleep 0.01; done; printf x > killed; kill -9 $$");
  request.max_failures = 1;
  const auto run = submit();
  work_until([&] { return run->summary().failed == 1U; });
  std::ofstream(scratch / "failed") << "";
  work_until([&] { return run->ended(); });
  check(*run, {"fails 1 failed", "large 1 cancelled environment"});
}

BOOST_AUTO_TEST_CASE(nobody_who_does_not_pass_is_taken_for_smaller_than_it_was)
{
  shell("large", "printf x >> killed; kill -9 $$");
  const auto run = run_all();
  const History history = required(store.history("project", "Debug"));
  const TestHistory& large = history.at({"dir", "large"});
  BOOST_TEST(large.attempts == 0U);
  BOOST_TEST(large.peak_memory_bytes > 0U);
}

BOOST_AUTO_TEST_SUITE_END()
