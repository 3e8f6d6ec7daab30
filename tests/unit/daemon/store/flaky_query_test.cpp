// Which runs of a test were flaky ones.
#include "daemon/store/store.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::store;

namespace {

struct FlakyFixture : StoreFixture {
  Store store = open();

  /// A run at that commit; without one its state is not known.
  std::string run(const std::string& commit, std::vector<StoredResult> results)
  {
    now_us += 1000;
    request.tested.reset();
    if (!commit.empty()) {
      request.tested = TestedState{commit, "settings", {}, {}};
    }
    const std::string id = required(store.begin_run(request, now_us));
    required(store.add_results(id, results));
    required(store.end_run(id, RunEnd::completed, now_us + 1));
    return id;
  }

  static StoredResult attempt(const std::string& name, std::uint32_t number, Verdict verdict,
                              const std::string& reason = "")
  {
    StoredResult stored = result_of(name, 0, verdict);
    stored.result.attempt = number;
    stored.result.reason = reason;
    stored.result.started_us = 1000 + number;
    return stored;
  }

  /// "name flaky/runs reason", a line for each test.
  std::string flaky(std::optional<std::uint32_t> runs = std::nullopt)
  {
    std::string lines;
    for (const FlakyTest& test : required(store.flakiness("project", "Debug", runs)).tests) {
      lines += fmt::format("{} {}/{} {}\n", test.key.name, test.flaky_runs, test.runs, test.reason);
    }
    return lines;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(flaky_tests, FlakyFixture)

BOOST_AUTO_TEST_CASE(failed_and_passed_in_one_run)
{
  run("", {attempt("a", 1, Verdict::passed)});
  const std::string id =
      run("", {attempt("a", 1, Verdict::failed, "exit code 1"),
               attempt("a", 2, Verdict::crashed, "abort"), attempt("a", 3, Verdict::passed)});
  run("", {attempt("a", 1, Verdict::passed)});
  BOOST_TEST(flaky() == "a 1/3 abort\n");
  const Flakiness all = required(store.flakiness("project", "Debug", std::nullopt));
  BOOST_TEST(all.runs == 3U);
  BOOST_TEST(all.tests[0].last_run == id);
  BOOST_TEST(all.tests[0].last_us == 1002);
}

BOOST_AUTO_TEST_CASE(passed_before_they_failed_in_one_run)
{
  run("", {attempt("a", 1, Verdict::passed), attempt("a", 2, Verdict::timed_out, "timed out")});
  BOOST_TEST(flaky() == "a 1/1 timed out\n");
}

BOOST_AUTO_TEST_CASE(failed_and_passed_at_one_state)
{
  run("c1", {attempt("a", 1, Verdict::passed)});
  run("c1", {attempt("a", 1, Verdict::failed, "exit code 1")});
  run("c2", {attempt("a", 1, Verdict::failed, "exit code 2")});
  BOOST_TEST(flaky() == "a 1/3 exit code 1\n");
}

BOOST_AUTO_TEST_CASE(are_not_those_that_another_build_tree_lets_pass)
{
  run("c1", {attempt("a", 1, Verdict::passed)});
  request.build_dir = "/other";
  run("c1", {attempt("a", 1, Verdict::failed)});
  BOOST_TEST(flaky() == "");
}

BOOST_AUTO_TEST_CASE(are_not_those_that_only_fail_or_did_not_run)
{
  run("c1", {attempt("a", 1, Verdict::failed), attempt("a", 2, Verdict::failed)});
  run("", {attempt("b", 1, Verdict::passed)});
  run("", {attempt("b", 1, Verdict::failed)});
  run("c2", {attempt("c", 1, Verdict::not_run)});
  run("c2", {attempt("c", 1, Verdict::passed)});
  run("c2", {attempt("c", 1, Verdict::cancelled)});
  BOOST_TEST(flaky() == "");
}

BOOST_AUTO_TEST_CASE(are_ordered_by_rate_of_the_runs_that_executed_them)
{
  run("", {attempt("seldom", 1, Verdict::passed)});
  run("", {attempt("seldom", 1, Verdict::failed), attempt("seldom", 2, Verdict::passed)});
  run("", {attempt("often", 1, Verdict::failed), attempt("often", 2, Verdict::passed)});
  run("", {attempt("often", 1, Verdict::skipped)});
  BOOST_TEST(flaky() == "often 1/1 \nseldom 1/2 \n");
}

BOOST_AUTO_TEST_CASE(are_those_of_the_newest_runs_that_are_asked_for)
{
  run("", {attempt("a", 1, Verdict::failed), attempt("a", 2, Verdict::passed)});
  run("", {attempt("a", 1, Verdict::passed)});
  BOOST_TEST(flaky(1) == "");
  BOOST_TEST(flaky(2) == "a 1/2 \n");
}

BOOST_AUTO_TEST_CASE(are_those_of_the_project_and_configuration)
{
  request.configuration = "Release";
  run("", {attempt("a", 1, Verdict::failed), attempt("a", 2, Verdict::passed)});
  request.project = "other";
  request.configuration = "Debug";
  run("", {attempt("a", 1, Verdict::failed), attempt("a", 2, Verdict::passed)});
  BOOST_TEST(flaky() == "");
}

BOOST_AUTO_TEST_CASE(go_with_the_runs_that_are_not_kept)
{
  run("", {attempt("a", 1, Verdict::failed), attempt("a", 2, Verdict::passed)});
  run("", {attempt("a", 1, Verdict::passed)});
  required(store.prune(1));
  BOOST_TEST(flaky() == "");
}

BOOST_AUTO_TEST_SUITE_END()
