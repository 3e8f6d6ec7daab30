// What one file can affect: edges, rules, nothing, everything.
#include "analyzer/report/file_text.hpp"
#include "analyzer/report/selection_json.hpp"
#include "analyzer/report/selection_text.hpp"
#include "tests/unit/analyzer/report/sample_graph.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>

using namespace winnow;
using namespace winnow::report;

namespace {

/// The test "alone", selected by a rule of winnow.json.
Selection by_rule(const Graph& graph)
{
  Reason reason{ReasonKind::project_rule, "tools/x.dat", {}};
  reason.rule = "winnow.json:4";
  Selection selection;
  selection.change.files = {{"tools/x.dat", ChangeStatus::modified, ""}};
  selection.tests = {{sample::test(graph, "", "alone"), {reason}}};
  return selection;
}

FileExplanation explanation(std::string path, FileStanding standing, Selection selection = {})
{
  return {std::move(path), standing, {}, {}, std::move(selection)};
}

} // namespace

BOOST_AUTO_TEST_SUITE(file_texts)

BOOST_AUTO_TEST_CASE(a_known_file_has_the_tests_its_edges_lead_to)
{
  const std::string text =
      file_text(sample::graph(), explanation("net/url.h", FileStanding::known), Color::never);
  BOOST_TEST(text.starts_with("net/url.h can affect 2 of 4 tests\n"));
  BOOST_TEST(text.find("by rules") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_ignored_file_has_its_rule)
{
  FileExplanation ignored = explanation("a.md", FileStanding::ignored);
  ignored.ignore_rule = "harmless_files *.md";
  BOOST_TEST(file_text(sample::graph(), ignored, Color::never) ==
             "a.md can affect no test (rule harmless_files *.md)\n");
}

BOOST_AUTO_TEST_CASE(a_file_without_edges_has_the_tests_that_rules_select)
{
  const Graph graph = sample::graph();
  BOOST_TEST(file_text(graph, explanation("tools/x.dat", FileStanding::unknown, by_rule(graph)),
                       Color::never) ==
             "no step and no test is known to read tools/x.dat\n"
             "by rules:\n"
             "  alone: tools/x.dat affects the test (rule winnow.json:4)\n");
}

BOOST_AUTO_TEST_CASE(a_fallback_is_told_with_the_rule_that_made_it)
{
  Selection everything;
  everything.fallback = Fallback{FallbackCause::rule, {"x"}};
  everything.fallback->rule = "plugins";
  const std::string text =
      file_text(sample::graph(), explanation("x", FileStanding::unknown, everything), Color::never);
  BOOST_TEST(
      text.find("every test counts as affected: a rule says that a changed file affects every "
                "test (rule plugins)") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(rules_in_selections)

BOOST_AUTO_TEST_CASE(a_document_names_the_rule_of_a_reason_a_fallback_and_an_ignored_file)
{
  namespace json = boost::json;
  const Graph graph = sample::graph();
  Selection selection = by_rule(graph);
  selection.ignored = {{"a.md", "harmless_files"}};
  selection.fallback = Fallback{FallbackCause::rule, {"x"}};
  selection.fallback->rule = "winnow.json:9";
  const json::value whole = json::parse(selection_to_json(graph, selection));
  BOOST_TEST(json::serialize(whole.at("tests").at(0).at("reasons")) ==
             R"([{"kind":"project_rule","file":"tools/x.dat","rule":"winnow.json:4","chain":[]}])");
  BOOST_TEST(json::serialize(whole.at("ignored")) ==
             R"([{"path":"a.md","rule":"harmless_files"}])");
  BOOST_TEST(whole.at("fallback").at("rule").as_string() == "winnow.json:9");
}

BOOST_AUTO_TEST_CASE(lines_name_the_rule_in_the_heading)
{
  const Graph graph = sample::graph();
  const std::string text = selection_to_text(graph, by_rule(graph), Color::never);
  BOOST_TEST(text.find("tools/x.dat (modified) (rule winnow.json:4)\n") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
