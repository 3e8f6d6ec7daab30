// Tests of what is told when the store cannot keep results, with a database that really refuses.
#include "daemon/store/database.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace winnow;
using namespace winnow::serve;

namespace {

CommitLimits patient_for(std::chrono::milliseconds patience)
{
  CommitLimits limits = impatient;
  limits.patience = patience;
  return limits;
}

struct CommitFixture : ServiceFixture {
  std::string database = directory + "/winnow.db";
  std::optional<store::Connection> other;
  std::optional<store::Transaction> lock;

  /// As a backup or another daemon's transaction would.
  void lock_database()
  {
    other.emplace(database);
    lock.emplace(*other);
  }

  void free_database()
  {
    lock.reset();
    other.reset();
  }

  void damage_database()
  {
    {
      store::Connection writer(database);
      writer.execute("CREATE TABLE unknown (x)"); // what is in memory is out of date then
      writer.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    std::fstream(database, std::ios::in | std::ios::out | std::ios::binary)
        << std::string(40000, '\xa5');
  }

  std::size_t kept(const Run& run)
  {
    store::Store reader = open();
    return required(reader.results(run.id())).size();
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(commits, CommitFixture)

BOOST_AUTO_TEST_CASE(a_result_is_durable_before_a_follower_can_read_it)
{
  for (int i = 0; i < 20; ++i) {
    add("t" + std::to_string(i), {"/bin/true"});
  }
  const std::shared_ptr<Run> run = submit();
  int looks = 0;
  run->add_follower([&] {
    ++looks;
    BOOST_TEST(kept(*run) >= told(*run).size());
    if (run->ended()) {
      BOOST_TEST(required(open().run(run->id()))->state == "completed");
    }
  });
  work_until([&] { return run->ended(); });
  BOOST_TEST(looks > 1);
  BOOST_TEST(told(*run).size() == 20U);
}

BOOST_AUTO_TEST_CASE(results_that_share_a_commit_are_told_in_the_order_of_their_tests)
{
  limit({.pace = std::chrono::hours(10'000)});
  request.jobs = 1;
  for (int i = 0; i < 5; ++i) {
    add("t" + std::to_string(i), {"/bin/true"});
  }
  const std::shared_ptr<Run> run = submit();
  run->add_follower([&] {
    const std::size_t durable = kept(*run);
    BOOST_TEST((durable <= 1U || durable == 5U)); // the first at once, the last with the end
  });
  work_until([&] { return run->ended(); });
  std::string order;
  for (std::size_t i = 0; i < run->events().size(); ++i) {
    const RunEvent event = run->events()[i];
    if (const auto* started = std::get_if<TestStarted>(&event)) {
      order += "s" + std::to_string(started->test);
    } else if (const auto* finished = std::get_if<TestFinished>(&event)) {
      order += "f" + std::to_string(finished->result.index) + " ";
    }
  }
  BOOST_TEST(order == "s0f0 s1f1 s2f2 s3f3 s4f4 ");
}

BOOST_AUTO_TEST_CASE(results_are_held_back_until_the_database_is_free)
{
  limit(patient_for(std::chrono::minutes(5)));
  add("good", {"/bin/true"});
  add("bad", {"/bin/false"});
  const std::shared_ptr<Run> run = submit();
  lock_database();
  work_until([&] { return events_of<StoreTrouble>(*run).size() == 1; });
  BOOST_TEST(told(*run).empty());
  BOOST_TEST(events_of<StoreTrouble>(*run)[0].message.find("locked") != std::string::npos);
  free_database();
  work_until([&] { return run->ended(); });
  BOOST_TEST(sorted(told(*run)) == (Lines{"bad: failed", "good: passed"}),
             boost::test_tools::per_element());
  BOOST_CHECK(end_of(*run).end == RunEnd::completed);
  BOOST_TEST(events_of<StoreTrouble>(*run).back().message == "");
  BOOST_TEST(kept(*run) == 2U);
}

BOOST_AUTO_TEST_CASE(results_are_held_back_until_files_may_grow_again)
{
  limit(patient_for(std::chrono::minutes(5)));
  add("good", {"/bin/true"});
  const std::shared_ptr<Run> run = submit();
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  BOOST_REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const rlimit small{std::filesystem::file_size(database + "-wal"), before.rlim_max};
  BOOST_REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  work_until([&] { return !events_of<StoreTrouble>(*run).empty(); });
  BOOST_TEST(told(*run).empty());
  BOOST_REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  work_until([&] { return run->ended(); });
  BOOST_TEST(told(*run) == (Lines{"good: passed"}), boost::test_tools::per_element());
  BOOST_TEST(kept(*run) == 1U);
}

BOOST_AUTO_TEST_CASE(a_store_that_takes_its_time_holds_no_test_up)
{
  store.set_patience(std::chrono::minutes(5));
  for (int i = 0; i < 5; ++i) {
    shell("t" + std::to_string(i), "touch ran" + std::to_string(i));
  }
  request.jobs = 1;
  const std::shared_ptr<Run> run = submit();
  lock_database();
  work_until([&] { return std::filesystem::exists(scratch / "ran4"); });
  BOOST_TEST(told(*run).empty());
  free_database();
  work_until([&] { return run->ended(); });
  BOOST_TEST(told(*run).size() == 5U);
  BOOST_TEST(events_of<StoreTrouble>(*run).empty());
}

BOOST_AUTO_TEST_CASE(tests_go_on_starting_until_too_much_is_held_back)
{
  CommitLimits limits = patient_for(std::chrono::minutes(5));
  limits.most_held_back = 3;
  limit(limits);
  request.jobs = 1;
  for (int i = 0; i < 10; ++i) {
    shell("t" + std::to_string(i), "echo x >> started");
    // Else one that a busy machine keeps waiting is taken for one that needs no cpu.
    request.tests.back().description.stated.cpu_milli = 1000;
  }
  const std::shared_ptr<Run> run = submit();
  lock_database();
  // Ten tries of the store: time enough for all tests, were they allowed to start.
  const auto started = [&] {
    std::ifstream lines(scratch / "started");
    return std::count(std::istreambuf_iterator<char>(lines), {}, '\n');
  };
  work_until([&] { return started() == 3; });
  for (int i = 0; i < 10; ++i) {
    io.run_one();
  }
  BOOST_TEST(started() == 3);
  free_database();
  work_until([&] { return run->ended(); });
  BOOST_TEST(told(*run).size() == 10U);
  BOOST_CHECK(end_of(*run).end == RunEnd::completed);
}

BOOST_AUTO_TEST_CASE(a_run_whose_results_cannot_be_kept_is_incomplete)
{
  add("good", {"/bin/true"});
  const std::shared_ptr<Run> run = submit();
  lock_database();
  work_until([&] { return run->ended(); });
  BOOST_TEST(told(*run).empty());
  BOOST_CHECK(end_of(*run).end == RunEnd::incomplete);
  BOOST_TEST(run->summary().state == "incomplete");
  BOOST_TEST(events_of<StoreTrouble>(*run).back().message.find("1 results are lost") == 0U);
  BOOST_TEST(service->living_count() == 0U);
  BOOST_CHECK(service->find(run->id()) == run); // nobody else knows its end
  free_database();
  BOOST_CHECK(end_of(*run_all()).end == RunEnd::completed);
  BOOST_TEST(required(store.run(run->id()))->state == "incomplete");
}

BOOST_AUTO_TEST_CASE(a_paced_run_whose_results_cannot_be_kept_is_incomplete)
{
  request.paced = true;
  for (int i = 0; i < 4; ++i) {
    add("t" + std::to_string(i), {"/bin/true"});
  }
  const std::shared_ptr<Run> run = submit();
  work_until([&] { return !events_of<StartWanted>(*run).empty(); });
  lock_database();
  BOOST_TEST(service->permit_start(run->id()));
  work_until([&] { return run->ended(); }); // nobody gives a permit any more
  BOOST_CHECK(end_of(*run).end == RunEnd::incomplete);
}

BOOST_AUTO_TEST_CASE(what_an_incomplete_run_set_up_is_cleaned_up)
{
  CommitLimits limits = impatient;
  limits.most_held_back = 1;
  limit(limits);
  add("setup", {"/bin/true"}).fixtures_setup = {"f"};
  add("first", {"/bin/true"}).fixtures_required = {"f"};
  TestProperties& second = shell("second", "touch used");
  second.fixtures_required = {"f"};
  second.depends = {"first"};
  shell("cleanup", "touch cleaned").fixtures_cleanup = {"f"};
  const std::shared_ptr<Run> run = submit();
  lock_database();
  work_until([&] { return run->ended(); });
  BOOST_CHECK(end_of(*run).end == RunEnd::incomplete);
  BOOST_TEST(!std::filesystem::exists(scratch / "used"));
  BOOST_TEST(std::filesystem::exists(scratch / "cleaned"));
}

BOOST_AUTO_TEST_CASE(the_end_of_a_run_is_durable_before_it_is_told)
{
  limit(patient_for(std::chrono::minutes(5)));
  add("good", {"/bin/true"});
  const std::shared_ptr<Run> run = submit();
  run->add_follower([&] {
    if (!told(*run).empty() && events_of<StoreTrouble>(*run).empty()) {
      lock_database(); // after the result, before the end
    }
  });
  work_until([&] { return events_of<StoreTrouble>(*run).size() == 1; });
  BOOST_TEST(!run->ended());
  free_database();
  work_until([&] { return run->ended(); });
  BOOST_CHECK(end_of(*run).end == RunEnd::completed);
  BOOST_TEST(required(store.run(run->id()))->state == "completed");
}

BOOST_AUTO_TEST_CASE(a_run_that_cannot_be_begun_is_refused)
{
  shell("t", "touch ran");
  lock_database();
  const Result<std::string> refused = service->submit(request);
  BOOST_REQUIRE(!refused);
  BOOST_CHECK(refused.error().kind == ErrorKind::environment);
  BOOST_TEST(service->living_count() == 0U);
  io.run();
  free_database();
  BOOST_TEST(required(store.runs(5)).empty());
  BOOST_TEST(!std::filesystem::exists(scratch / "ran"));
}

BOOST_AUTO_TEST_CASE(a_run_that_starts_without_its_history_is_logged)
{
  store::Connection(database).execute("ALTER TABLE history RENAME TO hidden");
  std::ostringstream log;
  const auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(log);
  const auto before = spdlog::default_logger();
  spdlog::set_default_logger(std::make_shared<spdlog::logger>("log", sink));
  const std::shared_ptr<Run> run = run_all();
  spdlog::set_default_logger(before);
  BOOST_CHECK(end_of(*run).end == RunEnd::completed);
  BOOST_TEST(log.str().find("a run of project is scheduled as if none had been before it: ") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_cancelled_run_does_not_wait_long_for_the_store)
{
  limit(patient_for(std::chrono::hours(1)));
  add("good", {"/bin/true"});
  const std::shared_ptr<Run> run = submit();
  lock_database();
  work_until([&] { return !events_of<StoreTrouble>(*run).empty(); });
  service->cancel(run->id(), WhatRuns::is_killed);
  work_until([&] { return run->ended(); });
  BOOST_CHECK(end_of(*run).end == RunEnd::incomplete);
}

BOOST_AUTO_TEST_CASE(damage_is_not_waited_out)
{
  limit(patient_for(std::chrono::hours(1)));
  shell("t", "true");
  const std::shared_ptr<Run> run = submit();
  damage_database();
  work_until([&] { return run->ended(); });
  BOOST_TEST(told(*run).empty());
  BOOST_CHECK(end_of(*run).end == RunEnd::incomplete);
}

BOOST_AUTO_TEST_CASE(cleanups_that_are_due_need_no_database)
{
  limit(patient_for(std::chrono::hours(1)));
  add("setup", {"/bin/true"}).fixtures_setup = {"f"};
  shell("user", "touch begun; while [ ! -e go ]; do sleep 0.01; done").fixtures_required = {"f"};
  // May start before the database is seen to be damaged, and runs until then.
  TestProperties& next = shell("next", "while [ ! -e seen ]; do sleep 0.01; done");
  next.fixtures_required = {"f"};
  next.depends = {"user"};
  TestProperties& last = shell("last", "touch last");
  last.fixtures_required = {"f"};
  last.depends = {"next"};
  shell("cleanup", "touch cleaned").fixtures_cleanup = {"f"};
  const std::shared_ptr<Run> run = submit();
  work_until([&] { return std::filesystem::exists(scratch / "begun"); });
  damage_database();
  std::ofstream(scratch / "go");
  work_until([&] { return !events_of<StoreTrouble>(*run).empty(); });
  std::ofstream(scratch / "seen");
  work_until([&] { return run->ended(); });
  BOOST_CHECK(end_of(*run).end == RunEnd::incomplete);
  BOOST_TEST(!std::filesystem::exists(scratch / "last"));
  BOOST_TEST(std::filesystem::exists(scratch / "cleaned"));
}

BOOST_AUTO_TEST_SUITE_END()
