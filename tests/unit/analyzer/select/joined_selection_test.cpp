// Tests that of several selections each decides about its own tests, and only about those.
#include "analyzer/select/joined_selection.hpp"
#include "analyzer/select/select_affected.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::change_of;
using winnow::tests::graph_from;
using winnow::tests::key_from;

namespace {

/// a and b read shared.h; a was green at c2, b at c1, c never.
struct Situation {
  Graph graph = graph_from(R"(
    test a in . argument shared.h argument a.txt
    test b in . argument shared.h argument b.txt
    test c in . argument c.txt
    test setup in . argument setup.sh
    needs b fixture_setup setup
  )");
  Greens greens;
  GreenBases bases;
  std::vector<TestId> red;

  Situation()
  {
    greens.file_lists = {{}};
    greens.states = {{"c2", "", 0, 0}, {"c1", "", 0, 0}};
    bases.groups = {{{0}, {id("a"), id("setup")}}, {{1}, {id("b")}}};
    bases.states.resize(graph.test_count());
    bases.without.resize(graph.test_count());
    bases.states[id("a").value] = bases.states[id("setup").value] = 0;
    bases.states[id("b").value] = 1;
    bases.without[id("c").value] = NoGreen::never_passed;
  }

  [[nodiscard]] TestId id(const char* name) const
  {
    return graph.find_test(key_from(name)).value();
  }

  [[nodiscard]] Selection joined(std::initializer_list<std::string_view> since_c2,
                                 std::initializer_list<std::string_view> since_c1) const
  {
    SelectionRules rules;
    rules.whatever_changed = WhateverChanged::left_out;
    const std::vector<Selection> of_groups{select_affected(graph, change_of(since_c2), rules),
                                           select_affected(graph, change_of(since_c1), rules)};
    return joined_selection(graph, greens, bases, of_groups, {{}, red, {}}, {});
  }

  [[nodiscard]] std::string names(const Selection& selection) const
  {
    std::string text;
    for (const SelectedTest& test : selection.tests) {
      text += (text.empty() ? "" : " ") + graph.key(test.test).display() + ":" +
              std::string(name_of(test.reasons.front().kind));
    }
    return text;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(joined_selections, Situation)

BOOST_AUTO_TEST_CASE(a_test_is_affected_by_what_changed_since_it_was_green_itself)
{
  BOOST_TEST(names(joined({}, {"shared.h"})) == "b:changed_file c:no_green setup:companion");
  BOOST_TEST(names(joined({"shared.h"}, {})) == "a:changed_file c:no_green");
}

BOOST_AUTO_TEST_CASE(a_setup_comes_along_with_those_that_are_selected_in_the_end)
{
  // b is affected by the change since a was green, but not by that since it was green itself.
  BOOST_TEST(names(joined({"b.txt"}, {})) == "c:no_green");
  BOOST_TEST(names(joined({}, {"b.txt"})) == "b:changed_file c:no_green setup:companion");
}

BOOST_AUTO_TEST_CASE(a_fallback_of_one_group_selects_its_tests_and_says_why)
{
  const Selection selection = joined({}, {"unknown.cmake"});
  BOOST_TEST(names(selection) == "b:fallback c:no_green setup:companion");
  BOOST_TEST(!selection.fallback.has_value());
  const Reason& reason = find_selected(selection, id("b"))->reasons.front();
  BOOST_TEST(reason.file == "unknown.cmake");
  BOOST_TEST(reason.because == name_of(FallbackCause::unknown_file).phrase);
  BOOST_TEST(joined({"unknown.cmake"}, {"unknown.cmake"}).fallback.has_value());
}

BOOST_AUTO_TEST_CASE(a_red_test_is_selected_though_nothing_changed)
{
  red = {id("a")};
  BOOST_TEST(names(joined({}, {})) == "a:not_green c:no_green");
}

BOOST_AUTO_TEST_CASE(the_change_is_that_of_all_and_each_test_knows_its_own)
{
  const Selection selection = joined({"a.txt"}, {"a.txt", "README.md"});
  BOOST_TEST(selection.change.base == "last green");
  BOOST_TEST(selection.change.files.size() == 2U);
  BOOST_TEST(selection.ignored.size() == 1U);
  BOOST_TEST(last_green_of(selection, id("a"))->commit == "c2");
  BOOST_TEST(last_green_of(selection, id("b"))->commit == "c1");
  BOOST_CHECK(last_green_of(selection, id("c")) == nullptr);
  BOOST_TEST(selection.since_last_green->groups[0].change.files.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
