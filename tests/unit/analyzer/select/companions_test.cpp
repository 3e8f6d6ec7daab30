// Tests that come along with selected ones.
#include "analyzer/select/companions.hpp"
#include "analyzer/select/select_affected.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::change_of;
using winnow::tests::graph_from;

namespace {

constexpr std::string_view served = R"(
  test setup in . argument start.sh declared_input start.cfg
  test cleanup in . argument stop.sh declared_input stop.cfg
  test client in . argument client.sh declared_input client.cfg
  test report in . argument report.sh declared_input report.cfg
  test bystander in . argument other.sh declared_input other.cfg
  needs client fixture_setup setup
  needs client fixture_cleanup cleanup
  needs report depends client
)";

/// "name:reason name:reason …" for a change of one file.
std::string selected(std::string_view file)
{
  const Graph graph = graph_from(served);
  std::string names;
  for (const SelectedTest& test : select_affected(graph, change_of({file}), {}).tests) {
    names += names.empty() ? "" : " ";
    names += graph.key(test.test).display() + ":" + std::string(name_of(test.reasons[0].kind));
  }
  return names;
}

} // namespace

BOOST_AUTO_TEST_SUITE(companions)

BOOST_AUTO_TEST_CASE(a_test_takes_its_fixtures_along)
{
  BOOST_TEST(selected("client.sh") ==
             "cleanup:companion client:changed_file report:changed_file setup:companion");
}

BOOST_AUTO_TEST_CASE(a_changed_setup_selects_its_users)
{
  BOOST_TEST(selected("start.cfg") ==
             "cleanup:companion client:changed_file report:changed_file setup:changed_file");
}

BOOST_AUTO_TEST_CASE(what_a_test_depends_on_comes_along_with_what_that_needs)
{
  BOOST_TEST(selected("report.sh") ==
             "cleanup:companion client:companion report:changed_file setup:companion");
}

BOOST_AUTO_TEST_SUITE_END()
