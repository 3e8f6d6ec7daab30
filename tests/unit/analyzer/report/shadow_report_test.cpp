// What a shadow run showed: in words, and in the results.
#include "analyzer/report/shadow_report.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::report;

namespace {

namespace json = boost::json;

ShadowReport sample()
{
  ShadowReport report;
  report.base = std::string(40, 'a');
  report.tests = 78;
  report.skipped = {{"net", "http"}, {"net", "url"}, {"", "alone"}};
  report.judged = 3;
  report.duration_us = 58'000'000;
  report.skipped_us = 41'200'000;
  return report;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_shadow_report)

BOOST_AUTO_TEST_CASE(says_what_would_have_been_saved_at_no_miss)
{
  BOOST_TEST(
      shadow_to_text(sample()) ==
      "shadow: of 78 tests, 3 would have been skipped since aaaaaaaaaaaa (41.2 s of 58.0 s of "
      "test time)\n"
      "shadow: no miss: none of them failed\n");
}

BOOST_AUTO_TEST_CASE(counts_only_those_that_ran_to_an_end)
{
  ShadowReport report = sample();
  report.judged = 2;
  const std::string text = shadow_to_text(report);
  BOOST_TEST(text.substr(text.find('\n') + 1) ==
             "shadow: no miss: of the 2 of them that ran to an end none failed\n");
}

BOOST_AUTO_TEST_CASE(names_possible_misses_and_what_cannot_be_told)
{
  ShadowReport report = sample();
  report.misses = {{{"net", "http"}, Verdict::failed, "exit code 1", "bbbbbbbbbbbb"}};
  report.others = {{{"", "alone"}, Verdict::crashed, "", ""}};
  const std::string text = shadow_to_text(report);
  BOOST_TEST(text.substr(text.find('\n') + 1) ==
             "shadow: 1 of 3 tests that would have been skipped failed, and had passed at base or "
             "since: possible misses (33.3 %)\n"
             "  net/http: exit code 1; passed at bbbbbbbbbbbb\n"
             "shadow: 1 of 3 tests that would have been skipped failed, not known to have passed "
             "at base\n"
             "  alone: crashed\n");
}

BOOST_AUTO_TEST_CASE(says_why_nothing_would_have_been_skipped)
{
  ShadowReport report;
  report.fallback = "a file changed that the graph knows nothing about: x.dat";
  BOOST_TEST(shadow_to_text(report) == "shadow: nothing would have been skipped: a file changed "
                                       "that the graph knows nothing about: x.dat\n");
}

BOOST_AUTO_TEST_CASE(is_a_part_of_the_results_and_leaves_the_rest_alone)
{
  ShadowReport report = sample();
  report.misses = {{{"net", "http"}, Verdict::failed, "exit code 1", "bbb"}};
  const json::value whole =
      json::parse(results_with_shadow(R"({"kind":"winnow.results","tests":[7]})", report).value());
  BOOST_TEST(whole.at("kind").as_string() == "winnow.results");
  BOOST_TEST(whole.at("tests").at(0).as_int64() == 7);
  const json::value& shadow = whole.at("shadow");
  BOOST_TEST(shadow.at("would_run").to_number<int>() == 75);
  BOOST_TEST(shadow.at("would_skip").to_number<int>() == 3);
  BOOST_TEST(shadow.at("fallback").is_null());
  BOOST_TEST(shadow.at("skipped").as_array().size() == 3U);
  BOOST_TEST(json::serialize(shadow.at("possible_misses")) ==
             R"([{"name":"http","directory":"net","verdict":"failed","reason":"exit code 1",)"
             R"("passed_at":"bbb"}])");
  BOOST_TEST(!results_with_shadow("[]", report));
  BOOST_TEST(json::parse(shadow_to_json(report)).at("kind").as_string() == "winnow.shadow");
}

BOOST_AUTO_TEST_SUITE_END()
