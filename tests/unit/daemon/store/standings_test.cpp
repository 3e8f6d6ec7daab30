// Tests of where a test stands: the newest verdict at each site, and the state it passed at.
#include "daemon/store/store.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::store;

namespace {

const std::vector<FileVersion> no_files;

FileVersion file(const std::string& path, const std::string& content)
{
  return {path, hash_content(content)};
}

struct StandingFixture : StoreFixture {
  Store store = open();

  /// One run, of one result, at a commit with these files changed.
  void run(const std::string& branch, const std::string& commit, StoredResult result,
           std::vector<FileVersion> uncommitted = {})
  {
    request.branch = branch;
    request.tested = TestedState{commit, "settings", std::move(uncommitted), {}};
    add(std::move(result));
  }

  void run_of_unknown_state(StoredResult result)
  {
    request.branch.clear();
    request.tested.reset();
    add(std::move(result));
  }

  void add(StoredResult result)
  {
    now_us += 1000;
    const std::string id = required(store.begin_run(request, now_us));
    required(store.add_results(id, {std::move(result)}));
    required(store.end_run(id, RunEnd::completed, now_us + 1));
  }

  Greens greens(GreensOf which = GreensOf::all_tests)
  {
    return required(store.greens("project", "Debug", which));
  }

  /// "branch verdict@commit clean=commit dirty=commit", a line for each branch.
  std::string standings(const std::string& name)
  {
    const Greens all = greens();
    std::string lines;
    const auto found = all.standings.find({"dir", name});
    if (found == all.standings.end()) {
      return lines;
    }
    for (const Standing& standing : found->second) {
      lines += all.sites[standing.site].branch + " " + std::string(name_of(standing.last)) + "@";
      lines += standing.tested ? all.states[*standing.tested].commit : "";
      lines += standing.clean ? " clean=" + all.states[*standing.clean].commit : "";
      lines += standing.dirty ? " dirty=" + all.states[*standing.dirty].commit : "";
      lines += "\n";
    }
    return lines;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(standings_of_tests, StandingFixture)

BOOST_AUTO_TEST_CASE(a_pass_is_green_at_the_state_it_was_made_at)
{
  run("main", "c1", result_of("a", 0, Verdict::passed));
  BOOST_TEST(standings("a") == "main passed@c1 clean=c1\n");
  run("main", "c2", result_of("a", 0, Verdict::passed));
  BOOST_TEST(standings("a") == "main passed@c2 clean=c2\n");
}

BOOST_AUTO_TEST_CASE(a_failure_leaves_the_state_it_was_green_at)
{
  run("main", "c1", result_of("a", 0, Verdict::passed));
  run("main", "c2", result_of("a", 0, Verdict::timed_out));
  BOOST_TEST(standings("a") == "main timed out@c2 clean=c1\n");
}

BOOST_AUTO_TEST_CASE(a_pass_at_the_second_attempt_is_not_green)
{
  run("main", "c1", result_of("a", 0, Verdict::passed));
  StoredResult second = result_of("a", 0, Verdict::passed);
  second.result.attempt = 2;
  run("main", "c2", second);
  BOOST_TEST(standings("a") == "main passed@c2 clean=c1\n");
}

BOOST_AUTO_TEST_CASE(a_skipped_test_stands_where_it_stood)
{
  run("main", "c1", result_of("a", 0, Verdict::skipped));
  BOOST_TEST(standings("a") == "");
  run("main", "c2", result_of("a", 0, Verdict::failed));
  run("main", "c3", result_of("a", 0, Verdict::skipped));
  BOOST_TEST(standings("a") == "main failed@c2\n");
}

BOOST_AUTO_TEST_CASE(build_trees_do_not_hide_each_other)
{
  run("main", "c1", result_of("a", 0, Verdict::failed));
  request.build_dir = "/sanitized";
  run("main", "c1", result_of("a", 0, Verdict::passed));
  BOOST_TEST(standings("a") == "main failed@c1\nmain passed@c1 clean=c1\n");
  BOOST_TEST(greens().sites.at(1).build_dir == "/sanitized");
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_set_back_makes_no_run_an_earlier_one)
{
  run("main", "c1", result_of("a", 0, Verdict::passed));
  now_us -= 1'000'000;
  run("main", "c2", result_of("a", 0, Verdict::failed));
  BOOST_TEST(standings("a") == "main failed@c2 clean=c1\n");
}

BOOST_AUTO_TEST_CASE(an_uncommitted_state_is_not_taken_for_its_commit)
{
  run("main", "c1", result_of("a", 0, Verdict::passed), {file("x.cpp", "1"), {"gone.cpp", {}}});
  BOOST_TEST(standings("a") == "main passed@c1 dirty=c1\n");
  const Greens all = greens();
  const GreenState& state = all.states.at(*all.standings.at({"dir", "a"})[0].dirty);
  BOOST_TEST(state.settings == "settings");
  BOOST_CHECK((all.file_lists.at(state.uncommitted) ==
               std::vector<FileVersion>{file("x.cpp", "1"), {"gone.cpp", {}}}));
  BOOST_CHECK(all.file_lists.at(state.beside_git) == no_files);
  run("main", "c1", result_of("a", 0, Verdict::passed));
  BOOST_TEST(standings("a") == "main passed@c1 clean=c1 dirty=c1\n");
}

BOOST_AUTO_TEST_CASE(branches_do_not_hide_each_other)
{
  run("main", "c1", result_of("a", 0, Verdict::passed));
  run("topic", "c2", result_of("a", 0, Verdict::failed));
  BOOST_TEST(standings("a") == "main passed@c1 clean=c1\ntopic failed@c2\n");
}

BOOST_AUTO_TEST_CASE(a_pass_of_an_unknown_state_says_only_that_the_test_passed)
{
  run_of_unknown_state(result_of("a", 0, Verdict::passed));
  BOOST_TEST(standings("a") == " passed@\n");
  BOOST_TEST(greens().states.empty());
}

BOOST_AUTO_TEST_CASE(a_state_that_is_told_late_counts_for_all_of_its_run)
{
  request.branch = "main";
  const std::string id = required(store.begin_run(request, now_us));
  StoredResult flaky = result_of("flaky", 2, Verdict::failed);
  StoredResult again = result_of("flaky", 2, Verdict::passed);
  again.result.attempt = 2;
  required(store.add_results(id, {result_of("good", 0, Verdict::passed),
                                  result_of("bad", 1, Verdict::failed), flaky, again}));
  BOOST_TEST(standings("good") == "main passed@\n");
  required(store.set_tested(id, {"c1", "settings", {}, {}}));
  BOOST_TEST(standings("good") == "main passed@c1 clean=c1\n");
  BOOST_TEST(standings("bad") == "main failed@c1\n");
  BOOST_TEST(standings("flaky") == "main passed@c1\n");
}

BOOST_AUTO_TEST_CASE(a_run_that_was_started_later_stands)
{
  request.branch = "main";
  const std::string early = required(store.begin_run(request, now_us));
  required(store.add_results(early, {result_of("a", 0, Verdict::passed)}));
  run("main", "c2", result_of("a", 0, Verdict::failed));
  required(store.set_tested(early, {"c1", "settings", {}, {}}));
  BOOST_TEST(standings("a") == "main failed@c2\n");
}

BOOST_AUTO_TEST_CASE(a_cancelled_test_stands_where_it_stood)
{
  run("main", "c1", result_of("a", 0, Verdict::passed));
  run("main", "c2", result_of("a", 0, Verdict::cancelled));
  BOOST_TEST(standings("a") == "main passed@c1 clean=c1\n");
}

BOOST_AUTO_TEST_CASE(an_attempt_that_memory_was_short_for_is_no_failure)
{
  StoredResult ended = result_of("a", 0, Verdict::cancelled);
  ended.result.again = ended.result.environment = true;
  StoredResult alone = result_of("a", 0, Verdict::passed);
  alone.result.attempt = 2;
  alone.result.environment = true;
  run("main", "c1", ended);
  BOOST_TEST(standings("a").empty());
  request.branch = "main";
  const std::string id = required(store.begin_run(request, now_us));
  required(store.add_results(id, {ended, alone}));
  required(store.set_tested(id, {"c1", "settings", {}, {}}));
  BOOST_TEST(standings("a") == "main passed@c1 clean=c1\n");
}

BOOST_AUTO_TEST_CASE(only_red_tests_are_told_if_only_they_are_asked_for)
{
  run("main", "c1", result_of("good", 0, Verdict::passed));
  run("main", "c1", result_of("bad", 0, Verdict::passed));
  run("topic", "c2", result_of("bad", 0, Verdict::crashed));
  const Greens red = greens(GreensOf::red_tests);
  BOOST_TEST(red.standings.size() == 1U);
  BOOST_TEST(red.standings.at({"dir", "bad"}).size() == 2U); // its passes elsewhere may matter
  BOOST_TEST(required(store.greens("other", "Debug", GreensOf::red_tests)).standings.empty());
}

BOOST_AUTO_TEST_CASE(a_state_that_many_runs_tested_is_kept_once)
{
  for (const char* name : {"a", "b", "c"}) {
    run("main", "c1", result_of(name, 0, Verdict::passed), {file("x.cpp", "1")});
  }
  const Greens all = greens();
  BOOST_TEST(all.standings.size() == 3U);
  BOOST_TEST(all.states.size() == 1U);
}

BOOST_AUTO_TEST_CASE(pruning_keeps_states_that_a_test_is_green_at)
{
  run("main", "c1", result_of("a", 0, Verdict::passed), {file("x.cpp", "1")});
  run("main", "c2", result_of("b", 0, Verdict::passed), {file("x.cpp", "2")});
  run("main", "c3", result_of("b", 0, Verdict::passed), {file("x.cpp", "3")});
  required(store.prune(0));
  BOOST_TEST(standings("a") == "main passed@c1 dirty=c1\n");
  BOOST_TEST(standings("b") == "main passed@c3 dirty=c3\n");
  const Greens all = greens();
  BOOST_TEST(
      all.file_lists[all.states[*all.standings.at({"dir", "a"})[0].dirty].uncommitted].size() ==
      1U);
}

BOOST_AUTO_TEST_CASE(pruning_forgets_branches_of_long_ago_but_not_what_failed_there)
{
  run("red", "c", result_of("a", 0, Verdict::failed));
  for (int i = 0; i < 12; ++i) {
    run("b" + std::to_string(i), "c" + std::to_string(i), result_of("a", 0, Verdict::passed));
  }
  required(store.prune(0));
  const Greens all = greens();
  BOOST_TEST(all.standings.at({"dir", "a"}).size() == 9U);
  BOOST_TEST(all.states.size() == 9U);
  BOOST_TEST(standings("a").find("red failed@c\n") != std::string::npos);
  BOOST_TEST(standings("a").find("b3 ") == std::string::npos);
  BOOST_TEST(standings("a").find("b4 ") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
