// JUnit documents of runs with and without chunks.
#include "analyzer/report/run_junit.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::report;

namespace {

JunitCase in_chunk(std::uint32_t chunk, const std::string& name, Verdict verdict = Verdict::passed)
{
  JunitCase test;
  test.result.key = {"", name};
  test.result.chunk = chunk;
  test.result.verdict = verdict;
  return test;
}

/// `<testsuite` and `<testcase` with their first attributes, in order.
std::string outline(const std::string& xml)
{
  std::string text;
  for (std::size_t at = 0; (at = xml.find("<test", at)) != std::string::npos; ++at) {
    if (xml.compare(at, 11, "<testsuites") != 0) {
      const std::size_t end = xml.find(" classname", at) < xml.find('\n', at)
                                  ? xml.find(" classname", at)
                                  : xml.find(" errors", at);
      text += xml.substr(at + 1, end - at - 1) + "\n";
    }
  }
  return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_junit_document)

BOOST_AUTO_TEST_CASE(is_one_suite_without_chunks)
{
  const std::string xml =
      run_to_junit("net", 0, {in_chunk(0, "a"), in_chunk(0, "b", Verdict::crashed)});
  BOOST_TEST(outline(xml) == "testsuite name=\"net\" tests=\"2\" failures=\"1\"\n"
                             "testcase name=\"a\"\n"
                             "testcase name=\"b\"\n");
}

BOOST_AUTO_TEST_CASE(has_a_suite_for_each_chunk)
{
  const std::string xml = run_to_junit(
      "net", 0, {in_chunk(1, "serve", Verdict::failed), in_chunk(0, "serve"), in_chunk(1, "b")});
  BOOST_TEST(outline(xml) == "testsuite name=\"net chunk 0\" tests=\"1\" failures=\"0\"\n"
                             "testcase name=\"serve\"\n"
                             "testsuite name=\"net chunk 1\" tests=\"2\" failures=\"1\"\n"
                             "testcase name=\"serve\"\n"
                             "testcase name=\"b\"\n");
}

BOOST_AUTO_TEST_CASE(names_the_chunk_that_ran_alone)
{
  BOOST_TEST(outline(run_to_junit("net", 0, {in_chunk(3, "a")})) ==
             "testsuite name=\"net chunk 3\" tests=\"1\" failures=\"0\"\n"
             "testcase name=\"a\"\n");
}

BOOST_AUTO_TEST_CASE(of_no_tests_is_an_empty_suite)
{
  BOOST_TEST(outline(run_to_junit("net", 0, {})) ==
             "testsuite name=\"net\" tests=\"0\" failures=\"0\"\n");
}

BOOST_AUTO_TEST_SUITE_END()
