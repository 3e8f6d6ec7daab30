// Why tests are skipped, in words: of one test, and of many.
#include "analyzer/report/skipped_text.hpp"
#include "tests/unit/analyzer/report/sample_graph.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::report;

namespace {

const SkipReason unchanged{SkipReasonKind::unchanged_inputs, "", ""};
const SkipReason beside{SkipReasonKind::ignored_file, "net/README.md", "harmless_files"};
const SkipReason no_difference{SkipReasonKind::no_difference, "net/CMakeLists.txt", ""};
const SkipReason closed{SkipReasonKind::closed, "net/table.dat", ""};

} // namespace

BOOST_AUTO_TEST_SUITE(why_a_test_is_skipped)

BOOST_AUTO_TEST_CASE(says_what_it_depends_on_and_that_nothing_of_it_changed)
{
  const Graph graph = sample::graph();
  const SkippedTest skipped{sample::test(graph, "net", "http"), {6, 7, 0, 1}, {unchanged}, 0};
  BOOST_TEST(why_skipped_text(graph, {}, skipped, Color::never) ==
             "net/http is not affected\n"
             "it depends on 6 source files, 7 built files, 1 test; none of them changed\n"
             "directly:\n"
             "  http_test is run by it\n"
             "  test net/setup sets up a fixture of it\n");
}

BOOST_AUTO_TEST_CASE(does_not_hide_what_changed_in_it_and_around_it)
{
  const Graph graph = sample::graph();
  const SkippedTest skipped{
      sample::test(graph, "", "alone"), {1, 0, 0, 0}, {no_difference, beside, closed}, 2};
  BOOST_TEST(why_skipped_text(graph, {}, skipped, Color::never) ==
             "alone is not affected\n"
             "it depends on 1 source file; what changed of them makes no difference to it:\n"
             "  net/CMakeLists.txt\n"
             "  net/README.md lies in its part of the project, and cannot matter (rule "
             "harmless_files)\n"
             "  net/table.dat lies in its part of the project, but all inputs of the test are "
             "known\n"
             "  and 2 more\n"
             "directly:\n"
             "  data/alone.txt is a declared input of it\n");
}

BOOST_AUTO_TEST_CASE(names_the_state_that_the_test_was_compared_with)
{
  const Graph graph = sample::graph();
  const TestId alone = sample::test(graph, "", "alone");
  Selection selection;
  selection.since_last_green = SinceLastGreen{
      {{}}, {{std::string(40, 'a'), false, 0}}, std::vector<std::optional<std::size_t>>(4, 0)};
  const std::string text =
      why_skipped_text(graph, selection, {alone, {1, 0, 0, 0}, {unchanged}, 0}, Color::never);
  BOOST_TEST(text.find("it passed at aaaaaaaaaaaa with uncommitted changes\n") !=
             std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(all_skipped_tests)

BOOST_AUTO_TEST_CASE(stand_under_the_reasons_they_share)
{
  const Graph graph = sample::graph();
  const std::vector<SkippedTest> skipped{
      {sample::test(graph, "", "alone"), {}, {unchanged}, 0},
      {sample::test(graph, "net", "http"), {}, {unchanged, beside}, 0},
      {sample::test(graph, "url", "http"), {}, {unchanged}, 0}};
  const InputsOf inputs_of = [&](TestId test) {
    return InputCounts{test == skipped[0].test ? 1U : 13U, 0, 0, 0};
  };
  BOOST_TEST(skipped_to_text(graph, skipped, inputs_of, Color::never) ==
             "3 of 4 tests not affected\n"
             "  none of their inputs changed\n"
             "    alone (1 input)  url/http (13 inputs)\n"
             "  none of their inputs changed; net/README.md changed beside them, and cannot matter "
             "(rule harmless_files)\n"
             "    net/http (13 inputs)\n");
}

BOOST_AUTO_TEST_CASE(are_counted_where_there_are_many)
{
  const Graph graph = sample::graph();
  const TestId alone = sample::test(graph, "", "alone");
  std::vector<SkippedTest> skipped(100, {alone, {1, 0, 0, 0}, {unchanged}, 0});
  std::size_t asked = 0;
  const InputsOf inputs_of = [&](TestId) {
    ++asked;
    return InputCounts{};
  };
  std::string text = skipped_to_text(graph, skipped, inputs_of, Color::never);
  BOOST_TEST(asked == 24U);
  BOOST_TEST(text.find("    and 76 more\n") != std::string::npos);
  BOOST_TEST(text.size() < 2000U);
  for (std::size_t i = 0; i < skipped.size(); ++i) {
    skipped[i].reasons[0] = {SkipReasonKind::no_difference, "f" + std::to_string(i), ""};
  }
  text = skipped_to_text(graph, skipped, inputs_of, Color::never);
  BOOST_TEST(text.find("  and 88 more for other reasons\n") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
