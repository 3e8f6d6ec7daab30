// Tests of a database across processes, their deaths, and damage.
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>

#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

using namespace winnow;
using namespace winnow::store;

namespace {

struct RecoveryFixture : StoreFixture {
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

BOOST_FIXTURE_TEST_SUITE(recovery, RecoveryFixture)

/// What is not synced may be in the log beside the database alone, which a loss of power can empty.
BOOST_AUTO_TEST_CASE(what_was_synced_is_in_the_database_itself)
{
  Store store = open();
  const std::string run = required(store.begin_run(request, now_us));
  Store other = required(store.beside());
  required(other.add_results(run, {result_of("t", 0, Verdict::passed)}));
  const auto results_in_copy = [&](const char* name) {
    const std::filesystem::path copy = scratch / name;
    std::filesystem::create_directory(copy);
    std::filesystem::copy_file(std::filesystem::path(directory) / "winnow.db", copy / "winnow.db");
    return required(required(Store::open(copy)).results(run)).size();
  };
  BOOST_TEST(results_in_copy("before") == 0U);
  required(other.sync());
  BOOST_TEST(results_in_copy("after") == 1U);
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
  const auto abandoned = required(store.abandoned_runs());
  BOOST_TEST(abandoned == std::vector<std::string>{runs[0].run_id},
             boost::test_tools::per_element());
  required(store.end_run(runs[0].run_id, RunEnd::incomplete, now_us + 9));
  BOOST_TEST(required(store.run(runs[0].run_id))->state == "incomplete");
  BOOST_TEST(required(store.abandoned_runs()).empty());
}

BOOST_AUTO_TEST_CASE(a_run_of_a_living_process_is_not_abandoned)
{
  Store ours = open();
  Store other = open();
  required(ours.begin_run(request, now_us));
  BOOST_TEST(required(other.abandoned_runs()).empty());
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

BOOST_AUTO_TEST_SUITE_END()
