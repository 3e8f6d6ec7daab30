// Tests why tests are skipped: a graph and a change in, "reason file (rule)" of one test out.
#include "analyzer/select/select_affected.hpp"
#include "analyzer/select/skipped_tests.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::change_of;
using winnow::tests::graph_from;
using winnow::tests::key_from;

namespace {

constexpr std::string_view project = R"(
  compile @build/a.o : x/a.cpp x/a.h /usr/include/stdio.h
  link @build/a : @build/a.o
  target a EXECUTABLE . @build/a @build/a.o
  test x/a in x executable @build/a argument x/a.txt
  test x/a_again in x executable @build/a argument x/a.txt
  test x/closed in x executable @build/a declared_input x/table.txt
  test y/a in y argument y/a.sh
  needs x/a depends y/a
)";

std::string text_of(const SkippedTest& skipped)
{
  std::string text;
  for (const SkipReason& reason : skipped.reasons) {
    text += (text.empty() ? "" : ", ") + std::string(name_of(reason.kind));
    text += reason.file.empty() ? "" : " " + reason.file;
    text += reason.rule.empty() ? "" : " (" + reason.rule + ")";
  }
  return text;
}

std::string why_skipped(const Graph& graph, const Selection& selection, std::string_view test)
{
  const TestId id = graph.find_test(key_from(test)).value();
  BOOST_REQUIRE(find_selected(selection, id) == nullptr);
  return text_of(SkippedTests(graph, selection, nullptr, nullptr).explain(id));
}

std::string why_skipped(std::initializer_list<std::string_view> files, std::string_view test)
{
  const Graph graph = graph_from(project);
  return why_skipped(graph, select_affected(graph, change_of(files), {}), test);
}

} // namespace

BOOST_AUTO_TEST_SUITE(skipped_tests)

BOOST_AUTO_TEST_CASE(a_test_none_of_whose_inputs_changed_says_how_many_there_are)
{
  const Graph graph = graph_from(project);
  const Selection selection = select_affected(graph, change_of({"y/b.h"}), {});
  SkippedTests skipped(graph, {}, nullptr, nullptr);
  const SkippedTest explained = skipped.explain(graph.find_test(key_from("x/a")).value());
  BOOST_TEST(text_of(explained) == "unchanged_inputs");
  BOOST_TEST(explained.inputs.sources == 4U); // y/a.sh, by the test that it depends on
  BOOST_TEST(explained.inputs.built == 2U);
  BOOST_TEST(explained.inputs.outside == 1U);
  BOOST_TEST(explained.inputs.tests == 1U);
}

BOOST_AUTO_TEST_CASE(data_that_others_read_is_told_to_the_opaque_tests_of_its_part)
{
  const Graph graph =
      graph_from(std::string(project) + "\n  test x/other in x argument x/b.txt\n"
                                        "  test x/third in x executable @build/a\n");
  const Selection selection = select_affected(graph, change_of({"x/b.txt"}), {});
  BOOST_TEST(why_skipped(graph, selection, "x/a") == "unchanged_inputs, read_by_others x/b.txt");
  BOOST_TEST(why_skipped(graph, selection, "x/closed") == "unchanged_inputs");
  BOOST_TEST(why_skipped(graph, selection, "y/a") == "unchanged_inputs");
}

BOOST_AUTO_TEST_CASE(an_ignored_file_is_told_to_the_tests_of_its_part)
{
  BOOST_TEST(why_skipped({"x/README.md"}, "x/a") ==
             "unchanged_inputs, ignored_file x/README.md (harmless_files)");
  BOOST_TEST(why_skipped({"x/sub/README.md"}, "x/a") ==
             "unchanged_inputs, ignored_file x/sub/README.md (harmless_files)");
  BOOST_TEST(why_skipped({"x/README.md"}, "y/a") == "unchanged_inputs");
}

BOOST_AUTO_TEST_CASE(a_closed_test_says_so_where_others_of_its_part_run)
{
  BOOST_TEST(why_skipped({"x/new.dat"}, "x/closed") == "unchanged_inputs, closed x/new.dat");
}

BOOST_AUTO_TEST_CASE(an_input_whose_change_is_no_matter_is_named)
{
  const Graph graph = graph_from(project);
  Selection selection;
  selection.change = change_of({"x/a.h"});
  BOOST_TEST(why_skipped(graph, selection, "x/a") == "no_difference x/a.h");
  BOOST_TEST(why_skipped(graph, selection, "y/a") == "unchanged_inputs");
}

BOOST_AUTO_TEST_CASE(of_many_reasons_some_are_told)
{
  const Graph graph = graph_from(project);
  Selection selection;
  for (int i = 0; i < 100; ++i) {
    const std::string path = "y/" + std::to_string(i) + ".md";
    selection.change.files.push_back({path});
    selection.ignored.push_back({path, "harmless_files"});
  }
  SkippedTests skipped(graph, selection, nullptr, nullptr);
  const SkippedTest explained = skipped.explain(graph.find_test(key_from("y/a")).value());
  BOOST_TEST(explained.reasons.size() == 5U);
  BOOST_TEST(explained.more_reasons == 96U);
}

BOOST_AUTO_TEST_CASE(all_are_those_that_are_not_selected)
{
  const Graph graph = graph_from(project);
  const Selection selection = select_affected(graph, change_of({"x/table.txt"}), {});
  const std::vector<TestId> all = SkippedTests(graph, selection, nullptr, nullptr).all();
  BOOST_REQUIRE(all.size() == 3U);
  BOOST_TEST(graph.key(all[0]).display() == "x/a");
  BOOST_TEST(graph.key(all[2]).display() == "y/a");
}

BOOST_AUTO_TEST_CASE(a_test_is_explained_by_the_change_since_it_was_green_itself)
{
  const Graph graph = graph_from(project);
  Selection selection;
  selection.change = change_of({"x/README.md"});
  SinceLastGreen since;
  since.groups = {{change_of({}), {}},
                  {change_of({"x/README.md"}), {{"x/README.md", "harmless_files"}}}};
  since.states = {{"c2", true, 0}, {"c1", true, 1}};
  since.state_of.assign(graph.test_count(), 1);
  since.state_of[graph.find_test(key_from("x/a_again")).value().value] = 0;
  selection.since_last_green = since;
  BOOST_TEST(why_skipped(graph, selection, "x/a") ==
             "unchanged_inputs, ignored_file x/README.md (harmless_files)");
  BOOST_TEST(why_skipped(graph, selection, "x/a_again") == "unchanged_inputs");
}

BOOST_AUTO_TEST_SUITE_END()
