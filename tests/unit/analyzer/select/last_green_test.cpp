// Tests which state a test is compared with, and which tests are red.
#include "analyzer/select/last_green.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::graph_from;
using winnow::tests::key_from;

namespace {

/// Tests a, b, c and what is known of them; HEAD's history is c3, c2, c1.
struct Situation {
  Graph graph = graph_from("test a in .\ntest b in .\ntest c in .\n");
  Greens greens;
  GreenLine line{"topic", "/build", {{"c3", 0}, {"c2", 1}, {"c1", 2}}};
  SourceState sources;
  GreenLimits limits;

  Situation() { greens.file_lists = {{}}; }

  std::size_t state(const std::string& commit, std::vector<FileVersion> uncommitted = {},
                    const std::string& settings = "s")
  {
    std::size_t list = 0;
    if (!uncommitted.empty()) {
      list = greens.file_lists.size();
      greens.file_lists.push_back(std::move(uncommitted));
    }
    greens.states.push_back({commit, settings, list, 0});
    return greens.states.size() - 1;
  }

  std::size_t site(const std::string& branch, const std::string& build_dir)
  {
    greens.sites.push_back({branch, build_dir});
    return greens.sites.size() - 1;
  }

  void green(const std::string& test, const std::string& branch, std::size_t state)
  {
    Standing standing{site(branch, "/build"), Verdict::passed, state, 1,
                      std::nullopt,           std::nullopt};
    (greens.is_clean(state) ? standing.clean : standing.dirty) = state;
    greens.standings[key_from(test)].push_back(standing);
  }

  void ended(const std::string& test, const std::string& branch, Verdict verdict,
             std::optional<std::size_t> state, std::int64_t run,
             const std::string& build_dir = "/build")
  {
    greens.standings[key_from(test)].push_back(
        {site(branch, build_dir), verdict, state, run, std::nullopt, std::nullopt});
  }

  [[nodiscard]] GreenBases bases() const
  {
    return green_bases(graph, greens, line, {&sources, "s"}, limits);
  }

  /// "c2: a b; c1: c; b never passed, as far as is known".
  [[nodiscard]] std::string text() const
  {
    const GreenBases all = bases();
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
    for (const GreenGroup& group : all.groups) {
      std::string part;
      for (const std::size_t one : group.states) {
        part += (part.empty() ? "" : "+") + greens.states[one].commit;
        part += greens.is_clean(one) ? "" : "*";
      }
      part += ":";
      for (const TestId test : group.tests) {
        part += " " + graph.key(test).display();
      }
      add(part);
    }
    for (TestId test{0}; test.value < graph.test_count(); ++test.value) {
      BOOST_TEST(all.states[test.value].has_value() != all.without[test.value].has_value());
      if (const auto without = all.without[test.value]) {
        add(graph.key(test).display() + " " +
            std::string(no_green_phrases[static_cast<std::size_t>(*without)]));
      }
    }
    return text;
  }

  [[nodiscard]] std::string red() const
  {
    std::string names;
    for (const TestId test : red_tests(graph, greens, line)) {
      names += graph.key(test).display();
    }
    return names;
  }
};

const std::string others =
    "; b never passed, as far as is known; c never passed, as far as is known";

} // namespace

BOOST_FIXTURE_TEST_SUITE(states_to_compare_with, Situation)

BOOST_AUTO_TEST_CASE(tests_of_one_state_are_compared_together)
{
  const std::size_t c2 = state("c2");
  green("a", "topic", c2);
  green("b", "main", state("c1"));
  green("c", "topic", c2);
  BOOST_TEST(text() == "c2: a c; c1: b");
}

BOOST_AUTO_TEST_CASE(the_nearest_of_several_counts)
{
  green("a", "main", state("c1"));
  green("a", "topic", state("c2"));
  BOOST_TEST(text() == "c2: a" + others);
}

BOOST_AUTO_TEST_CASE(a_state_that_head_does_not_stem_from_does_not_count)
{
  green("a", "other", state("d1"));
  BOOST_TEST(text() == "a passed only where this history does not lead; b never passed, as far as "
                       "is known; c never passed, as far as is known");
  green("a", "main", state("c1"));
  BOOST_TEST(text() == "c1: a" + others);
}

BOOST_AUTO_TEST_CASE(other_settings_are_another_build)
{
  green("a", "topic", state("c3", {}, "-DX=1"));
  BOOST_TEST(text() == "a passed last with other settings or compilers; b never passed, as far as "
                       "is known; c never passed, as far as is known");
  green("a", "main", state("c1"));
  BOOST_TEST(text() == "c1: a" + others);
}

BOOST_AUTO_TEST_CASE(what_was_not_committed_is_nearer_as_long_as_some_of_it_is_left)
{
  sources.files = {{"x", hash_content("1")}, {"y", hash_content("2")}};
  green("a", "topic", state("c3"));
  green("a", "topic", state("c3", {{"x", hash_content("1")}, {"y", hash_content("9")}}));
  BOOST_TEST(text() == "c3*: a" + others);
  sources.files = {{"x", hash_content("8")}, {"y", hash_content("2")}};
  BOOST_TEST(text() == "c3: a" + others);
}

BOOST_AUTO_TEST_CASE(only_commits_count_on_a_named_branch)
{
  green("a", "topic", state("c3", {{"x", hash_content("1")}}));
  green("a", "main", state("c1"));
  line.uncommitted = UncommittedStates::do_not_count;
  BOOST_TEST(text() == "c1: a" + others);
}

BOOST_AUTO_TEST_CASE(older_states_are_compared_together_and_the_oldest_not_at_all)
{
  green("a", "topic", state("c1"));
  green("b", "topic", state("c2"));
  green("c", "topic", state("c3"));
  limits = {1, 2};
  BOOST_TEST(text() == "c3: c; c2+c1: a b");
  limits = {1, 1};
  BOOST_TEST(text() == "c3: c; c2: b; a passed last too many states ago to compare with each");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(red_ones, Situation)

BOOST_AUTO_TEST_CASE(a_failure_on_the_branch_is_red_whatever_commit_it_was)
{
  ended("a", "topic", Verdict::failed, state("amended"), 5);
  ended("b", "topic", Verdict::passed, state("c3"), 5);
  ended("c", "topic", Verdict::skipped, state("c3"), 5);
  BOOST_TEST(red() == "a");
}

BOOST_AUTO_TEST_CASE(a_failure_on_a_commit_of_the_history_is_red_on_all_branches)
{
  ended("a", "main", Verdict::timed_out, state("c2"), 5);
  BOOST_TEST(red() == "a");
  ended("a", "topic", Verdict::passed, state("c3"), 6);
  BOOST_TEST(red() == "");
}

BOOST_AUTO_TEST_CASE(what_fails_elsewhere_does_not_concern)
{
  ended("a", "other", Verdict::failed, state("d1"), 5);
  ended("b", "other", Verdict::failed, state("c2", {{"x", hash_content("1")}}), 5);
  BOOST_TEST(red() == "");
}

BOOST_AUTO_TEST_CASE(two_that_are_on_no_branch_are_not_on_the_same)
{
  line.branch.clear();
  ended("a", "", Verdict::failed, state("d1"), 5);
  ended("b", "", Verdict::failed, state("c2"), 5);
  ended("c", "", Verdict::failed, state("c2", {{"x", hash_content("1")}}), 5);
  BOOST_TEST(red() == "bc");
}

BOOST_AUTO_TEST_CASE(a_failure_of_an_unknown_state_is_red_until_a_later_pass)
{
  ended("a", "", Verdict::crashed, std::nullopt, 5);
  BOOST_TEST(red() == "a");
  ended("a", "topic", Verdict::passed, state("c3"), 4);
  BOOST_TEST(red() == "a");
  greens.standings[key_from("a")].back().run = 6;
  BOOST_TEST(red() == "");
}

BOOST_AUTO_TEST_CASE(a_pass_in_another_build_tree_leaves_a_test_red)
{
  ended("a", "topic", Verdict::failed, state("c3"), 5);
  ended("a", "topic", Verdict::passed, state("c3"), 6, "/sanitized");
  BOOST_TEST(red() == "a");
}

BOOST_AUTO_TEST_CASE(a_failure_in_another_build_tree_is_settled_there_or_here)
{
  for (const char* tree : {"/sanitized", "/build"}) {
    greens.standings.clear();
    ended("a", "topic", Verdict::failed, state("c3"), 5, "/sanitized");
    BOOST_TEST(red() == "a");
    ended("a", "main", Verdict::passed, state("c3"), 6, tree);
    BOOST_TEST(red() == "");
  }
}

BOOST_AUTO_TEST_CASE(a_pass_on_an_older_commit_leaves_a_test_red)
{
  ended("a", "topic", Verdict::failed, state("c3"), 5);
  ended("a", "", Verdict::passed, state("c2"), 6);
  BOOST_TEST(red() == "a");
  ended("a", "", Verdict::passed, state("c3"), 7);
  BOOST_TEST(red() == "");
}

BOOST_AUTO_TEST_CASE(a_pass_of_an_unknown_state_settles_only_what_failed_on_its_branch)
{
  ended("a", "main", Verdict::failed, state("c3"), 5);
  ended("a", "", Verdict::passed, std::nullopt, 6);
  ended("a", "other", Verdict::passed, std::nullopt, 7);
  BOOST_TEST(red() == "a");
  ended("a", "topic", Verdict::passed, std::nullopt, 8);
  BOOST_TEST(red() == "");
}

BOOST_AUTO_TEST_CASE(without_a_history_the_newest_verdict_counts)
{
  line = {"", "/build", {}};
  ended("a", "", Verdict::failed, std::nullopt, 5);
  BOOST_TEST(red() == "a");
  ended("a", "", Verdict::passed, std::nullopt, 6);
  BOOST_TEST(red() == "");
}

BOOST_AUTO_TEST_CASE(a_test_that_is_gone_is_no_matter)
{
  ended("gone", "topic", Verdict::failed, state("c3"), 5);
  BOOST_TEST(red() == "");
}

BOOST_AUTO_TEST_SUITE_END()
