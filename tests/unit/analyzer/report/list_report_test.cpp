// Lists of tests.
#include "analyzer/report/list_report.hpp"
#include "tests/unit/analyzer/report/sample_graph.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::report;

namespace {

std::vector<TestDescription> some_tests()
{
  std::vector<TestDescription> tests(3);
  tests[0].key = {"net", "http"};
  tests[0].properties.edit().labels = {"slow", "net"};
  tests[1].key = {"url", "http"};
  tests[1].properties.edit().disabled = true;
  tests[2].key = {"url", "parse"};
  return tests;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_list_of_tests)

BOOST_AUTO_TEST_CASE(is_a_document_with_targets_and_labels)
{
  const Graph graph = sample::graph();
  const boost::json::value whole = boost::json::parse(list_to_json(some_tests(), &graph));
  BOOST_TEST(whole.at("kind").as_string() == "winnow.list");
  BOOST_TEST(whole.at("version").as_int64() == 1);
  BOOST_TEST(boost::json::serialize(whole.at("tests").at(0)) ==
             R"({"name":"http","directory":"net","targets":["http_test"],)"
             R"("labels":["slow","net"],"cases":[]})");
  // The graph does not know this one.
  BOOST_TEST(whole.at("tests").at(2).at("targets").as_array().empty());
}

BOOST_AUTO_TEST_CASE(needs_no_graph)
{
  const boost::json::value whole = boost::json::parse(list_to_json(some_tests(), nullptr));
  BOOST_TEST(whole.at("tests").at(0).at("targets").as_array().empty());
}

BOOST_AUTO_TEST_CASE(shows_labels_and_what_will_not_run)
{
  BOOST_TEST(list_to_text(some_tests()) == "net/http                                  slow, net\n"
                                           "url/http                                  (disabled)\n"
                                           "url/parse\n"
                                           "3 tests\n");
}

BOOST_AUTO_TEST_CASE(has_names_that_are_unique_among_all)
{
  const std::vector<TestDescription> all = some_tests();
  const std::vector<TestDescription> some(all.begin() + 1, all.end());
  BOOST_TEST(list_to_names(some, all, Separator::line) == "url/http\nparse\n");
}

BOOST_AUTO_TEST_SUITE_END()
