// Tests of the forms in which CI systems take annotations.
#include "analyzer/report/annotations.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::report;

namespace {

KeptAttempt failed(std::string name, std::string output)
{
  KeptAttempt attempt;
  attempt.result.key = {"net", std::move(name)};
  attempt.result.verdict = Verdict::failed;
  attempt.result.reason = "exit code 1";
  attempt.output = std::move(output);
  return attempt;
}

std::vector<Annotation> annotated(const std::vector<KeptAttempt>& attempts)
{
  return annotations_of(attempts, [](std::string_view path) -> std::optional<std::string> {
    return path == "/ci/net/a.cpp" ? std::optional<std::string>("net/a.cpp") : std::nullopt;
  });
}

} // namespace

BOOST_AUTO_TEST_SUITE(annotations)

BOOST_AUTO_TEST_CASE(only_what_failed_in_the_end_is_annotated)
{
  KeptAttempt again = failed("retried", "");
  again.result.again = true;
  KeptAttempt passed = failed("passed", "");
  passed.result.verdict = Verdict::passed;
  const auto all = annotated({again, passed, failed("a", "")});
  BOOST_REQUIRE(all.size() == 1U);
  BOOST_TEST(all[0].title == "net/a");
  BOOST_TEST(all[0].message == "exit code 1");
}

BOOST_AUTO_TEST_CASE(the_place_is_the_first_in_the_repository)
{
  const auto all =
      annotated({failed("a", "x.cpp:1: error\n\033[31m/ci/net/a.cpp:7: error: no\033[0m\nso\n")});
  BOOST_TEST(all[0].file == "net/a.cpp");
  BOOST_TEST(all[0].line == 7U);
  BOOST_TEST(all[0].message == "exit code 1\n/ci/net/a.cpp:7: error: no\nso");
}

BOOST_AUTO_TEST_CASE(control_sequences_take_nothing_with_them)
{
  const auto all = annotated({failed("a", "\033[2J\033[1;31mred\033[0K kept\033[")});
  BOOST_TEST(all[0].message == "exit code 1\nred kept");
}

BOOST_AUTO_TEST_CASE(text_cannot_end_a_line_of_github_or_azure)
{
  const std::vector<Annotation> all{{"a,b:c.cpp", 3, "t,1", "50% of\nit\r::set-env"},
                                    {"", 0, "t]2;", "no place"}};
  BOOST_TEST(github_annotations(all) ==
             "::error file=a%2Cb%3Ac.cpp,line=3,title=t%2C1::50%25 of%0Ait%0D::set-env\n"
             "::error title=t]2;::no place\n");
  BOOST_TEST(azure_annotations(all) ==
             "##vso[task.logissue type=error;sourcepath=a,b:c.cpp;linenumber=3;]t,1: 50%AZP25 "
             "of%0Ait%0D::set-env\n"
             "##vso[task.logissue type=error;]t]2;: no place\n");
}

BOOST_AUTO_TEST_CASE(github_shows_ten_and_the_tenth_tells_of_the_rest)
{
  std::vector<Annotation> all;
  for (int i = 0; i < 12; ++i) {
    all.push_back({"", 0, "t" + std::to_string(i), "m"});
  }
  const std::string lines = github_annotations(all);
  BOOST_TEST(std::count(lines.begin(), lines.end(), '\n') == 10);
  BOOST_TEST(lines.ends_with("::error title=3 more failed tests::t9%0At10%0At11\n"));
}

BOOST_AUTO_TEST_CASE(gitlab_gets_what_has_a_place)
{
  const std::vector<Annotation> all{{"net/a.cpp", 3, "net/a", "exit code 1"}, {"", 0, "b", "m"}};
  const boost::json::array report = boost::json::parse(gitlab_code_quality(all)).as_array();
  BOOST_REQUIRE(report.size() == 1U);
  BOOST_TEST(report[0].at("location").at("path").as_string() == "net/a.cpp");
  BOOST_TEST(report[0].at("location").at("lines").at("begin").as_int64() == 3);
  BOOST_TEST(report[0].at("description").as_string() == "net/a: exit code 1");
}

BOOST_AUTO_TEST_CASE(buildkite_gets_no_more_than_it_takes)
{
  const std::vector<Annotation> all(1000, {"", 0, "t", std::string(2000, 'x')});
  const std::string text = buildkite_annotation(all);
  BOOST_TEST(text.size() < (std::size_t{1} << 20));
  BOOST_TEST(text.find(" more failed tests\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(markup_in_an_output_stays_text)
{
  const std::vector<Annotation> all{{"", 0, "<b>", "```\nx"}};
  const std::string text = buildkite_annotation(all);
  BOOST_TEST(text.find("&lt;b&gt;") != std::string::npos);
  BOOST_TEST(text.find("````term\n```\nx\n````\n") != std::string::npos);
  BOOST_TEST(buildkite_annotation({}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
