// Tests of what is kept, on real databases: across processes, deaths and damage.
#include "daemon/store/run_id.hpp"
#include "daemon/store/store.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <sys/wait.h>

#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>

using namespace winnow;
using namespace winnow::store;

namespace {

template <class T>
T required(Result<T> result)
{
  BOOST_REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
  return std::move(*result);
}

void required(const Result<void>& result)
{
  BOOST_REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
}

StoredResult result_of(const std::string& name, std::uint32_t index, Verdict verdict,
                       std::int64_t duration_us = 1000)
{
  StoredResult stored;
  stored.result.key = {"dir", name};
  stored.result.index = index;
  stored.result.verdict = verdict;
  stored.result.duration_us = duration_us;
  return stored;
}

struct StoreFixture {
  tests::ScratchDirectory scratch;
  std::string directory = scratch / "state";
  RunRequest request;
  std::int64_t now_us = 1'800'000'000'000'000;

  StoreFixture()
  {
    request.project = "project";
    request.configuration = "Debug";
    request.build_dir = "/build";
    request.tests.resize(3);
  }

  Store open() const { return required(Store::open(directory)); }

  /// Runs `body` in another process, which then waits to be killed; returns after it was.
  template <class Body>
  void in_a_process_that_is_killed(Body body)
  {
    int ready[2];
    BOOST_REQUIRE(::pipe(ready) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
      body();
      const ssize_t written = ::write(ready[1], "x", 1);
      while (written == 1) {
        ::pause();
      }
      ::_exit(1);
    }
    ::close(ready[1]);
    char byte = 0;
    BOOST_TEST(::read(ready[0], &byte, 1) == 1);
    ::close(ready[0]);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }
};

} // namespace

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
  BOOST_TEST(a.cpu_us == (50 + 50 + 55) / 3);
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

BOOST_AUTO_TEST_CASE(results_survive_the_death_of_the_process_that_wrote_them)
{
  in_a_process_that_is_killed([&] {
    Store store = open();
    const std::string run = required(store.begin_run(request, now_us));
    for (std::uint32_t i = 0; i < 50; ++i) {
      required(store.add_results(run, {result_of("t" + std::to_string(i), i, Verdict::passed)}));
    }
  });
  Store store = open();
  BOOST_TEST(store.notice() == "");
  const std::vector<RunSummary> runs = required(store.runs(5));
  BOOST_REQUIRE(runs.size() == 1U);
  BOOST_TEST(required(store.results(runs[0].run_id)).size() == 50U);
  const auto closed = required(store.close_abandoned_runs(now_us + 9));
  BOOST_TEST(closed == std::vector<std::string>{runs[0].run_id}, boost::test_tools::per_element());
  BOOST_TEST(required(store.run(runs[0].run_id))->state == "cancelled");
  BOOST_TEST(required(store.close_abandoned_runs(now_us)).empty());
}

BOOST_AUTO_TEST_CASE(a_run_of_a_living_process_is_not_abandoned)
{
  Store ours = open();
  Store other = open();
  required(ours.begin_run(request, now_us));
  BOOST_TEST(required(other.close_abandoned_runs(now_us)).empty());
}

BOOST_AUTO_TEST_CASE(several_processes_write_at_once)
{
  constexpr int writers = 4;
  constexpr std::uint32_t each = 100;
  std::vector<pid_t> children;
  for (int i = 0; i < writers; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      auto store = Store::open(directory);
      const auto run =
          store ? store->begin_run(request, now_us) : Result<std::string>(store.error());
      bool good = run.has_value();
      for (std::uint32_t n = 0; good && n < each; ++n) {
        good = store->add_results(*run, {result_of("shared", n, Verdict::passed)}).has_value();
      }
      ::_exit(good ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    BOOST_TEST(status == 0);
  }
  Store store = open();
  std::uint32_t finished = 0;
  for (const RunSummary& run : required(store.runs(10))) {
    finished += run.finished;
  }
  BOOST_TEST(finished == writers * each);
}

BOOST_AUTO_TEST_CASE(a_damaged_database_is_set_aside)
{
  std::string run;
  {
    Store store = open();
    run = required(store.begin_run(request, now_us));
    std::vector<StoredResult> many;
    for (std::uint32_t i = 0; i < 500; ++i) {
      many.push_back(result_of("t" + std::to_string(i), i, Verdict::passed));
    }
    required(store.add_results(run, many));
  }
  const std::string file = directory + "/winnow.db";
  const auto damage = [&](std::streamoff from, std::size_t length) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(from);
    stream << std::string(length, '\xa5');
  };

  struct Case {
    const char* what;
    std::streamoff from;
    std::size_t length;
  };

  for (const Case& row : {Case{"a page in the middle", 8192, 20000}, Case{"the header", 0, 4096}}) {
    BOOST_TEST_CONTEXT(row.what)
    {
      damage(row.from, row.length);
      Store store = open();
      BOOST_TEST(store.notice().find("winnow.db.damaged-") != std::string::npos);
      BOOST_TEST(required(store.runs(5)).empty());
      required(store.begin_run(request, now_us));
    }
  }
  const auto aside = [&] {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
      count += entry.path().filename().string().find("damaged") != std::string::npos ? 1 : 0;
    }
    return count;
  };
  BOOST_TEST(aside() == 2);
  BOOST_TEST(open().notice() == "");
}

BOOST_AUTO_TEST_CASE(a_directory_that_cannot_be_made_is_an_error)
{
  std::ofstream(scratch / "file") << "";
  const auto store = Store::open(scratch / "file/state");
  BOOST_REQUIRE(!store);
  BOOST_CHECK(store.error().kind == ErrorKind::environment);
}

BOOST_AUTO_TEST_CASE(adding_one_result_takes_a_fraction_of_a_millisecond)
{
  Store store = open();
  const std::string run = required(store.begin_run(request, now_us));
  constexpr std::uint32_t count = 2000;
  const auto start = std::chrono::steady_clock::now();
  for (std::uint32_t i = 0; i < count; ++i) {
    required(
        store.add_results(run, {result_of("t" + std::to_string(i % 100), i, Verdict::passed)}));
  }
  const auto each_us = std::chrono::duration_cast<std::chrono::microseconds>(
                           std::chrono::steady_clock::now() - start)
                           .count() /
                       count;
  BOOST_TEST_MESSAGE("add_results of one row: " << each_us << " us");
  BOOST_TEST(each_us < 2000); // 100 is the goal where nothing else runs
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
