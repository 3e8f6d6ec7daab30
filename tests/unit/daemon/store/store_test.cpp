// Tests of what is kept, on real databases: results, runs and history.
#include "daemon/store/run_id.hpp"
#include "daemon/store/store.hpp"
#include "daemon/store/stored_history.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>

using namespace winnow;
using namespace winnow::store;

BOOST_FIXTURE_TEST_SUITE(stores, StoreFixture)

BOOST_AUTO_TEST_CASE(a_result_comes_back_as_it_was)
{
  StoredResult stored = result_of("name with ' and \n", 2, Verdict::timed_out, 77);
  TestResult& result = stored.result;
  result.chunk = 3;
  result.attempt = 2;
  result.reason = "ran for more than 1 s";
  result.exit_code = 4;
  result.signal = 9;
  result.started_us = 5;
  result.waited_us = 6;
  result.cpu_us = 7;
  result.peak_memory_bytes = 1ULL << 40;
  result.output_bytes = 1ULL << 41;
  result.leaked = {"sleep 1", "server --port 2"};
  stored.output_offset = 1ULL << 42;
  stored.output_length = 8;
  std::string run;
  {
    Store store = open();
    run = required(store.begin_run(request, now_us));
    required(store.add_results(run, {stored}));
  }
  Store store = open();
  BOOST_TEST(store.notice() == "");
  const std::vector<StoredResult> results = required(store.results(run));
  BOOST_REQUIRE(results.size() == 1U);
  const TestResult& read = results[0].result;
  BOOST_CHECK(read.key == result.key);
  BOOST_CHECK(read.verdict == Verdict::timed_out);
  BOOST_TEST(read.index == 2U);
  BOOST_TEST(read.chunk == 3U);
  BOOST_TEST(read.attempt == 2U);
  BOOST_TEST(read.reason == result.reason);
  BOOST_TEST(read.exit_code == 4);
  BOOST_TEST(read.signal == 9);
  BOOST_TEST(read.started_us == 5);
  BOOST_TEST(read.duration_us == 77);
  BOOST_TEST(read.waited_us == 6);
  BOOST_TEST(read.cpu_us == 7);
  BOOST_TEST(read.peak_memory_bytes == 1ULL << 40);
  BOOST_TEST(read.output_bytes == 1ULL << 41);
  BOOST_TEST(read.leaked == result.leaked, boost::test_tools::per_element());
  BOOST_TEST(results[0].output_offset == 1ULL << 42);
  BOOST_TEST(results[0].output_length == 8U);
}

BOOST_AUTO_TEST_CASE(the_output_of_a_test_is_that_of_its_last_attempt)
{
  Store store = open();
  const std::string run = required(store.begin_run(request, now_us));
  StoredResult first = result_of("flaky", 1, Verdict::failed);
  first.output_offset = 3;
  first.output_length = 4;
  StoredResult second = first;
  second.result.attempt = 2;
  second.output_offset = 70;
  second.output_length = 80;
  required(store.add_results(run, {result_of("other", 0, Verdict::passed), second, first}));
  const std::optional<OutputPlace> place = required(store.output_of(run, 1));
  BOOST_REQUIRE(place);
  BOOST_TEST(place->offset == 70U);
  BOOST_TEST(place->length == 80U);
  BOOST_TEST(!required(store.output_of(run, 2)));
  BOOST_TEST(!required(store.output_of("0123456789", 1)));
}

BOOST_AUTO_TEST_CASE(history_is_read_beside_and_after_who_writes_it)
{
  std::optional<Store> store = open();
  const std::string run = required(store->begin_run(request, now_us));
  required(store->add_results(run, {result_of("t", 0, Verdict::passed, 4000)}));
  for (const bool beside : {true, false}) {
    BOOST_TEST_CONTEXT((beside ? "beside" : "after"))
    {
      const History read = required(stored_history(directory, "project", "Debug"));
      BOOST_REQUIRE(read.size() == 1U);
      BOOST_TEST(read.at({"dir", "t"}).duration_us == 4000);
    }
    store.reset();
  }
  BOOST_TEST(required(stored_history(directory, "other", "Debug")).empty());
}

BOOST_AUTO_TEST_CASE(who_asks_for_history_leaves_everything_as_it_is)
{
  BOOST_TEST(required(stored_history(directory, "project", "Debug")).empty());
  BOOST_TEST(!std::filesystem::exists(directory));
  std::ofstream(scratch / "file");
  const Result<History> nowhere = stored_history(scratch / "file/state", "project", "Debug");
  BOOST_REQUIRE(!nowhere);
  BOOST_CHECK(nowhere.error().kind == ErrorKind::environment);
  std::filesystem::create_directory(directory);
  std::ofstream(directory + "/winnow.db") << std::string(40000, '\xa5');
  const Result<History> damaged = stored_history(directory, "project", "Debug");
  BOOST_REQUIRE(!damaged);
  BOOST_CHECK(damaged.error().kind == ErrorKind::data);
  BOOST_TEST(std::filesystem::file_size(directory + "/winnow.db") == 40000U);
  BOOST_TEST(open().notice().find("winnow.db.damaged-") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_run_is_summed_up_over_the_last_attempts)
{
  Store store = open();
  const std::string run = required(store.begin_run(request, now_us));
  BOOST_TEST(required(store.run(run))->state == "running");
  StoredResult second = result_of("flaky", 0, Verdict::passed);
  second.result.attempt = 2;
  required(store.add_results(
      run, {result_of("flaky", 0, Verdict::failed), result_of("bad", 1, Verdict::crashed)}));
  BOOST_TEST(required(store.run(run))->failed == 2U);
  required(store.add_results(run, {second}));
  required(store.end_run(run, RunEnd::completed, now_us + 5));
  const RunSummary summary = *required(store.run(run));
  BOOST_TEST(summary.run_id == run);
  BOOST_TEST(summary.project == "project");
  BOOST_TEST(summary.build_dir == "/build");
  BOOST_TEST(summary.state == "completed");
  BOOST_TEST(summary.started_us == now_us);
  BOOST_TEST(summary.ended_us == now_us + 5);
  BOOST_TEST(summary.tests == 3U);
  BOOST_TEST(summary.finished == 2U);
  BOOST_TEST(summary.failed == 1U);
}

BOOST_AUTO_TEST_CASE(a_result_told_twice_is_kept_once)
{
  Store store = open();
  const std::string run = required(store.begin_run(request, now_us));
  required(store.add_results(run, {result_of("a", 0, Verdict::passed)}));
  required(store.add_results(run, {result_of("a", 0, Verdict::passed)}));
  BOOST_TEST(required(store.results(run)).size() == 1U);
  BOOST_TEST(required(store.run(run))->finished == 1U);
  BOOST_TEST(required(store.history("project", "Debug")).at({"dir", "a"}).attempts == 1U);
}

BOOST_AUTO_TEST_CASE(results_of_an_unknown_run_are_an_error)
{
  Store store = open();
  BOOST_TEST(!store.add_results("nosuchrun", {result_of("a", 0, Verdict::passed)}));
  BOOST_CHECK(!required(store.run("nosuchrun")));
}

BOOST_AUTO_TEST_CASE(history_expects_the_typical_passing_attempt)
{
  Store store = open();
  for (const std::int64_t duration : {100, 110, 90, 100, 5000}) {
    const std::string run = required(store.begin_run(request, now_us));
    StoredResult result = result_of("a", 0, Verdict::passed, duration);
    result.result.cpu_us = duration / 2;
    result.result.peak_memory_bytes = static_cast<std::uint64_t>(duration) * 10;
    required(store.add_results(run, {result, result_of("b", 1, Verdict::failed)}));
  }
  const std::string run = required(store.begin_run(request, now_us));
  required(store.add_results(
      run, {result_of("a", 0, Verdict::failed, 1), result_of("b", 1, Verdict::cancelled, 1)}));
  const History history = required(store.history("project", "Debug"));
  const TestHistory& a = history.at({"dir", "a"});
  BOOST_TEST(a.attempts == 5U);
  BOOST_TEST(a.duration_us == (100 + 100 + 110) / 3);
  BOOST_TEST(a.cpu_us == 52);
  BOOST_TEST(a.peak_memory_bytes == 50000U);
  BOOST_CHECK(a.last == Verdict::failed);
  const TestHistory& b = history.at({"dir", "b"});
  BOOST_TEST(b.attempts == 0U);
  BOOST_CHECK(b.last == Verdict::failed); // being cancelled says nothing new
  BOOST_TEST(required(store.history("project", "Release")).empty());
}

BOOST_AUTO_TEST_CASE(runs_are_listed_newest_first)
{
  Store store = open();
  std::vector<std::string> made;
  for (int i = 0; i < 4; ++i) {
    made.push_back(required(store.begin_run(request, now_us + i * 1000)));
  }
  const std::vector<RunSummary> listed = required(store.runs(3));
  BOOST_REQUIRE(listed.size() == 3U);
  BOOST_TEST(listed[0].run_id == made[3]);
  BOOST_TEST(listed[2].run_id == made[1]);
  BOOST_TEST(std::is_sorted(made.begin(), made.end()));
}

BOOST_AUTO_TEST_CASE(runs_of_one_moment_have_ids_of_their_own)
{
  Store store = open();
  std::set<std::string> ids;
  for (int i = 0; i < 200; ++i) {
    ids.insert(required(store.begin_run(request, now_us)));
  }
  BOOST_TEST(ids.size() == 200U);
}

BOOST_AUTO_TEST_CASE(pruning_keeps_the_newest_runs_and_all_history)
{
  Store store = open();
  std::vector<std::string> made;
  for (int i = 0; i < 3; ++i) {
    made.push_back(required(store.begin_run(request, now_us + i * 1000)));
    std::ofstream(store.output_path(made.back())) << "text";
    required(store.add_results(made.back(), {result_of("a", 0, Verdict::passed)}));
  }
  required(store.end_run(made[0], RunEnd::completed, now_us));
  required(store.end_run(made[2], RunEnd::completed, now_us));
  required(store.prune(1));
  BOOST_CHECK(!required(store.run(made[0])));
  BOOST_CHECK(required(store.run(made[1]))); // it still runs
  BOOST_CHECK(required(store.run(made[2])));
  BOOST_TEST(!std::filesystem::exists(store.output_path(made[0])));
  BOOST_TEST(std::filesystem::exists(store.output_path(made[2])));
  BOOST_TEST(required(store.results(made[0])).empty());
  BOOST_TEST(required(store.history("project", "Debug")).at({"dir", "a"}).attempts == 3U);
}

BOOST_AUTO_TEST_CASE(nobody_else_may_look_in)
{
  const Store store = open();

  struct stat info {};

  BOOST_REQUIRE(::stat(directory.c_str(), &info) == 0);
  BOOST_TEST((info.st_mode & 0777) == 0700U);
}

BOOST_AUTO_TEST_CASE(a_directory_that_cannot_be_made_is_an_error)
{
  std::ofstream(scratch / "file") << "";
  const auto store = Store::open(scratch / "file/state");
  BOOST_REQUIRE(!store);
  BOOST_CHECK(store.error().kind == ErrorKind::environment);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(run_ids)

BOOST_AUTO_TEST_CASE(they_sort_by_time)
{
  const std::string early = run_id(1'800'000'000'000'000, 0x3ff);
  const std::string late = run_id(1'800'000'000'001'000, 0);
  BOOST_TEST(early.size() == 10U);
  BOOST_TEST(early < late);
}

BOOST_AUTO_TEST_SUITE_END()
