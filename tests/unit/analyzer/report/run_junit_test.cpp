// JUnit documents with and without chunks, and in the form of ctest, captured from ctest 3.25.1.
#include "analyzer/report/run_junit.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::report;

namespace {

JunitCase test_case(const std::string& name, Verdict verdict, const std::string& message)
{
  JunitCase test{{.key = {"lib", name}, .verdict = verdict, .duration_us = 12'486}, "", message};
  return test;
}

struct Utc {
  Utc()
  {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
  }
};

std::vector<JunitCase> one_of_each_kind()
{
  std::vector<JunitCase> cases{test_case("ok", Verdict::passed, ""),
                               test_case("bad", Verdict::failed, "a <b> \"q\""),
                               test_case("gone", Verdict::not_run, "Unable to find executable"),
                               test_case("skip", Verdict::skipped, "SKIP_RETURN_CODE=77"),
                               test_case("off", Verdict::disabled, "")};
  cases[0].output = "out\n";
  return cases;
}

const JunitSuite suite{"(empty)", 1'700'000'000'000'000, 1'999'999, "host"};

bool contains(const std::string& text, const std::string& part)
{
  return text.find(part) != std::string::npos;
}

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

BOOST_AUTO_TEST_SUITE(run_junit)

BOOST_FIXTURE_TEST_CASE(strict_ctest_is_what_ctest_writes, Utc)
{
  BOOST_TEST(run_to_junit(suite, one_of_each_kind(), JunitDialect::strict_ctest) ==
             R"xml(<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="(empty)"
	tests="5"
	failures="1"
	disabled="1"
	skipped="2"
	hostname="host"
	time="1"
	timestamp="2023-11-14T22:13:20"
	>
	<testcase name="ok" classname="ok" time="0.012486" status="run">
		<system-out>out
</system-out>
	</testcase>
	<testcase name="bad" classname="bad" time="0.012486" status="fail">
		<failure message="a &lt;b&gt; &quot;q&quot;"/>
		<system-out></system-out>
	</testcase>
	<testcase name="gone" classname="gone" time="0.012486" status="notrun">
		<skipped message="Unable to find executable"/>
		<system-out></system-out>
	</testcase>
	<testcase name="skip" classname="skip" time="0.012486" status="notrun">
		<skipped message="SKIP_RETURN_CODE=77"/>
		<system-out></system-out>
	</testcase>
	<testcase name="off" classname="off" time="0.012486" status="disabled">
		<system-out></system-out>
	</testcase>
</testsuite>
)xml");
  BOOST_TEST(contains(run_to_junit(suite, {}, JunitDialect::strict_ctest),
                      "timestamp=\"2023-11-14T22:13:20\"/>\n"));
}

BOOST_AUTO_TEST_CASE(what_could_not_run_is_an_error_unless_ctest_is_strict)
{
  const std::string ctest = run_to_junit(suite, one_of_each_kind(), JunitDialect::ctest);
  BOOST_TEST(contains(ctest, "<error message=\"Unable to find executable\"/>"));
  BOOST_TEST(contains(ctest, "failures=\"1\"\n\terrors=\"1\"\n\tdisabled=\"1\"\n\tskipped=\"1\""));
  const std::string winnow = run_to_junit(suite, one_of_each_kind());
  BOOST_TEST(contains(winnow, "<error message=\"Unable to find executable\" type=\"not run\"/>"));
  BOOST_TEST(contains(winnow, "tests=\"5\" failures=\"1\" errors=\"1\" skipped=\"2\" "
                              "time=\"0.062\""));
}

BOOST_AUTO_TEST_CASE(a_case_of_winnow_has_its_directory_and_reason)
{
  JunitCase test{{.key = {"lib", "t"}, .verdict = Verdict::failed, .reason = "exit code 3"}, ""};
  const std::string text = run_to_junit(suite, {test});
  BOOST_TEST(contains(text, "<testcase name=\"t\" classname=\"lib\" time=\"0.000\">"));
  BOOST_TEST(contains(text, "<failure message=\"exit code 3\" type=\"failed\"/>"));
}

BOOST_AUTO_TEST_CASE(any_bytes_become_legal_xml)
{
  JunitCase test{{.key = {"", "t"}}, "a\xc2 \xed\xa0\x80 \xef\xbf\xbf\x01\r\n<\x7f\xc3\xb6"};
  BOOST_TEST(contains(run_to_junit(suite, {test}, JunitDialect::strict_ctest),
                      ">a[NON-UTF-8-BYTE-0xC2] [NON-UTF-8-BYTE-0xED][NON-UTF-8-BYTE-0xA0]"
                      "[NON-UTF-8-BYTE-0x80] [NON-XML-CHAR-0xFFFF][NON-XML-CHAR-0x1]\n"
                      "&lt;\x7f\xc3\xb6<"));
  const std::string bad = "\xef\xbf\xbd";
  BOOST_TEST(contains(run_to_junit(suite, {test}), ">a" + bad + " " + bad + bad + bad + " " + bad +
                                                       bad + "&#13;\n&lt;\x7f\xc3\xb6<"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_junit_document)

BOOST_AUTO_TEST_CASE(is_one_suite_without_chunks)
{
  const std::string xml =
      run_to_junit({"net"}, {in_chunk(0, "a"), in_chunk(0, "b", Verdict::crashed)});
  BOOST_TEST(outline(xml) == "testsuite name=\"net\" tests=\"2\" failures=\"1\"\n"
                             "testcase name=\"a\"\n"
                             "testcase name=\"b\"\n");
}

BOOST_AUTO_TEST_CASE(has_a_suite_for_each_chunk)
{
  const std::string xml = run_to_junit(
      {"net"}, {in_chunk(1, "serve", Verdict::failed), in_chunk(0, "serve"), in_chunk(1, "b")});
  BOOST_TEST(outline(xml) == "testsuite name=\"net chunk 0\" tests=\"1\" failures=\"0\"\n"
                             "testcase name=\"serve\"\n"
                             "testsuite name=\"net chunk 1\" tests=\"2\" failures=\"1\"\n"
                             "testcase name=\"serve\"\n"
                             "testcase name=\"b\"\n");
}

BOOST_AUTO_TEST_CASE(names_the_chunk_that_ran_alone)
{
  BOOST_TEST(outline(run_to_junit({"net"}, {in_chunk(3, "a")})) ==
             "testsuite name=\"net chunk 3\" tests=\"1\" failures=\"0\"\n"
             "testcase name=\"a\"\n");
}

BOOST_AUTO_TEST_CASE(in_pieces_asks_for_one_output_at_a_time)
{
  std::vector<JunitCase> cases{in_chunk(1, "a"), in_chunk(0, "b"), in_chunk(1, "c")};
  for (std::size_t i = 0; i < cases.size(); ++i) {
    cases[i].output_number = i;
  }
  std::vector<std::size_t> asked;
  JunitPieces pieces({"net"}, cases, JunitDialect::winnow, [&](const JunitCase& test) {
    asked.push_back(test.output_number);
    return "output " + std::to_string(test.output_number);
  });
  std::string xml;
  for (std::string piece = pieces.next(); !piece.empty(); piece = pieces.next()) {
    if (xml.empty()) {
      BOOST_TEST(asked == std::vector<std::size_t>{1}, boost::test_tools::per_element());
    }
    xml += piece;
  }
  BOOST_TEST(asked == (std::vector<std::size_t>{1, 0, 2}), boost::test_tools::per_element());
  std::vector<JunitCase> whole = cases;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    whole[i].output = "output " + std::to_string(i);
  }
  BOOST_TEST(xml == run_to_junit({"net"}, whole));
}

BOOST_AUTO_TEST_CASE(an_attempt_that_memory_was_short_for_is_a_property)
{
  JunitCase test{
      {.key = {"lib", "t"}, .attempt = 2, .environment = true, .verdict = Verdict::passed},
      "well\n"};
  test.earlier = {{{.again = true,
                    .environment = true,
                    .verdict = Verdict::cancelled,
                    .reason = "killed for want of memory, with <1 MB"},
                   "cut"}};
  const std::string xml = run_to_junit(suite, {test});
  BOOST_TEST(contains(xml, R"xml(time="0.000">
      <properties>
        <property name="environment" value="killed for want of memory, with &lt;1 MB"/>
      </properties>
      <system-out>well
)xml"));
  BOOST_TEST(!contains(run_to_junit(suite, {test}, JunitDialect::ctest), "propert"));
}

BOOST_AUTO_TEST_CASE(a_test_that_ran_again_tells_of_what_failed_before)
{
  JunitCase test{{.key = {"lib", "t"}, .attempt = 3, .verdict = Verdict::passed}, "well\n"};
  test.earlier = {
      {{.verdict = Verdict::failed, .reason = "exit code 3", .duration_us = 12'486}, "a <b>\n"},
      {{.attempt = 2, .verdict = Verdict::passed}, "no failure\n"}};
  const std::string flaky = run_to_junit(suite, {test});
  BOOST_TEST(contains(flaky, R"xml(time="0.000">
      <flakyFailure message="exit code 3" type="failed" time="0.012">
        <system-out>a &lt;b&gt;
</system-out>
      </flakyFailure>
      <system-out>well
</system-out>)xml"),
             flaky);
  BOOST_TEST(contains(flaky, "failures=\"0\""));
  BOOST_TEST(!contains(flaky, "no failure"));
  test.result.verdict = Verdict::timed_out;
  const std::string failed = run_to_junit(suite, {test});
  BOOST_TEST(contains(failed, R"xml(<failure message="timed out" type="timed out"/>
      <rerunFailure message="exit code 3" type="failed" time="0.012">)xml"),
             failed);
  BOOST_TEST(contains(failed, "failures=\"1\""));
  BOOST_TEST(!contains(run_to_junit(suite, {test}, JunitDialect::ctest), "rerun"));
}

BOOST_AUTO_TEST_CASE(of_no_tests_is_an_empty_suite)
{
  BOOST_TEST(outline(run_to_junit({"net"}, {})) ==
             "testsuite name=\"net\" tests=\"0\" failures=\"0\"\n");
}

BOOST_AUTO_TEST_SUITE_END()
