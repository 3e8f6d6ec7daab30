// History of another machine, and what waits are kept as.
#include "daemon/store/attempt_bytes.hpp"
#include "daemon/store/stored_history.hpp"
#include "daemon/store/wait_text.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::store;

namespace {

ProjectHistory history_of(std::vector<MeasuredAttempt> attempts)
{
  return {"project", "Debug", {{{"dir", "a"}, std::move(attempts)}}};
}

struct ImportFixture : StoreFixture {
  /// A run with one pass of `dir/a` at this time.
  void pass(Store& store, std::int64_t at_us, std::int64_t duration_us)
  {
    const std::string run = required(store.begin_run(request, at_us));
    StoredResult result = result_of("a", 0, Verdict::passed, duration_us);
    result.result.started_us = at_us;
    required(store.add_results(run, {result}));
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(imported_history, ImportFixture)

BOOST_AUTO_TEST_CASE(says_what_to_expect_of_tests_that_never_ran_here)
{
  Store store = open();
  const HistoryMerge merge =
      required(store.take_in(history_of({{5, Verdict::passed, 100, 50, 7}}), now_us));
  BOOST_TEST(merge.tests == 1U);
  BOOST_TEST(merge.attempts == 1U);
  const TestHistory known = required(store.history("project", "Debug")).at({"dir", "a"});
  BOOST_TEST(known.duration_us == 100);
  BOOST_TEST(known.peak_memory_bytes == 7U);
  BOOST_TEST(known.attempts == 1U);
  BOOST_TEST(!known.last.has_value()); // which is of this machine's build trees
  BOOST_TEST(required(store.greens("project", "Debug", GreensOf::all_tests)).standings.empty());
}

BOOST_AUTO_TEST_CASE(counts_once_however_often_it_comes)
{
  Store store = open();
  pass(store, now_us, 200);
  const ProjectHistory others = history_of({{5, Verdict::passed, 100, 50, 7}});
  BOOST_TEST(required(store.take_in(others, now_us)).attempts == 1U);
  const ProjectHistory once = required(store.attempts("project", "Debug"));
  BOOST_TEST(required(store.take_in(others, now_us)).attempts == 0U);
  BOOST_TEST(required(store.take_in(once, now_us)).attempts == 0U);
  BOOST_CHECK(required(store.attempts("project", "Debug")).tests == once.tests);
  BOOST_CHECK(required(stored_attempts(directory, "project", "Debug")).tests == once.tests);
  BOOST_TEST(once.tests.at({"dir", "a"}).back().duration_us == 200);
}

BOOST_AUTO_TEST_CASE(does_not_displace_what_is_newer)
{
  Store store = open();
  for (std::int64_t i = 0; i < 25; ++i) {
    pass(store, now_us + i, 200);
  }
  std::vector<MeasuredAttempt> old;
  for (std::int64_t i = 1; i < 20; ++i) {
    old.push_back({i, Verdict::passed, 1, 1, 1});
  }
  BOOST_TEST(required(store.take_in(history_of(old), now_us)).attempts == 0U);
  BOOST_TEST(required(store.history("project", "Debug")).at({"dir", "a"}).duration_us == 200);
}

BOOST_AUTO_TEST_CASE(leaves_out_what_has_not_been_yet_and_what_has_no_time)
{
  Store store = open();
  const HistoryMerge merge =
      required(store.take_in(history_of({{0, Verdict::passed, 1, 1, 1},
                                         {now_us + 86'400'000'000, Verdict::passed, 1, 1, 1}}),
                             now_us));
  BOOST_TEST(merge.attempts == 0U);
  BOOST_TEST(merge.of_future == 1U);
  BOOST_TEST(required(store.attempts("project", "Debug")).tests.empty());
}

BOOST_AUTO_TEST_CASE(is_of_its_own_project_and_configuration)
{
  Store store = open();
  required(store.take_in(history_of({{5, Verdict::passed, 100, 50, 7}}), now_us));
  BOOST_TEST(required(store.attempts("project", "Release")).tests.empty());
  BOOST_TEST(required(store.attempts("other", "Debug")).tests.empty());
}

BOOST_AUTO_TEST_CASE(failures_are_kept_beside_passes)
{
  Store store = open();
  pass(store, now_us, 200);
  const std::string run = required(store.begin_run(request, now_us));
  StoredResult failure = result_of("a", 0, Verdict::timed_out, 9);
  failure.result.started_us = now_us + 1;
  required(store.add_results(run, {failure}));
  const ProjectHistory kept = required(store.attempts("project", "Debug"));
  BOOST_REQUIRE(kept.tests.at({"dir", "a"}).size() == 2U);
  BOOST_CHECK(kept.tests.at({"dir", "a"}).back().verdict == Verdict::timed_out);
  BOOST_TEST(required(store.history("project", "Debug")).at({"dir", "a"}).attempts == 1U);
}

BOOST_AUTO_TEST_CASE(measurements_of_an_earlier_winnow_are_read_on)
{
  const std::vector<std::int64_t> rows{100, 50, 7, 200, 60, 8};
  const std::string bytes(reinterpret_cast<const char*>(rows.data()),
                          rows.size() * sizeof(std::int64_t));
  const std::vector<MeasuredAttempt> attempts = attempts_from_bytes(bytes, 0);
  BOOST_REQUIRE(attempts.size() == 2U);
  BOOST_CHECK((attempts[1] == MeasuredAttempt{0, Verdict::passed, 200, 60, 8}));
  BOOST_CHECK(attempts_from_bytes(attempts_to_bytes(attempts), attempts_format) == attempts);
  BOOST_TEST(attempts_from_bytes("odd", attempts_format).empty());
}

BOOST_AUTO_TEST_CASE(what_a_test_waited_for_is_kept)
{
  Store store = open();
  const std::string run = required(store.begin_run(request, now_us));
  StoredResult plain = result_of("a", 0, Verdict::passed);
  plain.result.waited_for = WaitCause::cpu;
  StoredResult parts = result_of("b", 1, Verdict::passed);
  parts.result.waited_for = WaitCause::lock;
  parts.result.waits = std::vector<WaitPart>{{WaitCause::lock, 70, "d\n b", "x/y"},
                                             {WaitCause::predecessor, 30, "", "x/setup"}};
  required(store.add_results(run, {plain, parts, result_of("c", 2, Verdict::passed)}));
  const std::vector<StoredResult> read = required(store.results(run));
  BOOST_CHECK(read[0].result.waited_for == WaitCause::cpu);
  BOOST_TEST(read[0].result.waits->empty());
  BOOST_CHECK(*read[1].result.waits == *parts.result.waits);
  BOOST_CHECK(read[2].result.waited_for == WaitCause::nothing);
  TestResult odd;
  read_wait_text("a later cause", odd);
  BOOST_CHECK(odd.waited_for == WaitCause::nothing);
}

BOOST_AUTO_TEST_SUITE_END()
