// The document that carries history between machines, and what is said of history.
#include "analyzer/report/history_export.hpp"
#include "analyzer/report/history_json.hpp"
#include "analyzer/report/history_report.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::report;

namespace {

const ProjectHistory sample{
    "Shop",
    "Debug",
    {{{"", "caf\xe9"}, {{0, Verdict::passed, 5, 1, 7}}},
     {{"net", "http"},
      {{1'700'000'000'000'000, Verdict::passed, 2'000'000, 500'000, 3 << 20},
       {1'700'000'001'000'000, Verdict::timed_out, 60'000'000, 4, 5}}}}};

std::string export_with(const std::string& test)
{
  return R"({"kind":"winnow.history-export","version":1,"project":"p","configuration":"",)"
         R"("tests":[{"directory":"","name":"a",)" +
         test + "}]}";
}

std::string error_of(const std::string& text)
{
  const Result<ProjectHistory> read = history_export_from_json(text);
  return read ? "" : read.error().message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_history_export)

BOOST_AUTO_TEST_CASE(is_read_back_exactly)
{
  const ProjectHistory read = history_export_from_json(history_export_to_json(sample)).value();
  BOOST_TEST(read.project == "Shop");
  BOOST_TEST(read.configuration == "Debug");
  BOOST_CHECK(read.tests == sample.tests);
}

BOOST_AUTO_TEST_CASE(says_what_is_wrong)
{
  struct Row {
    std::string text;
    const char* error;
  };

  const Row rows[] = {
      {"{", "the history is not JSON: incomplete JSON"},
      {"[]", "the history cannot be used: it is not an object"},
      {R"({"kind":"winnow.history","version":1})",
       R"(the history cannot be used: kind is "winnow.history", not "winnow.history-export")"},
      {R"({"kind":"winnow.history-export","version":2})",
       "the history cannot be used: version is 2, and this winnow reads version 1"},
      {R"({"kind":"winnow.history-export","version":1,"project":7})",
       "the history cannot be used: project is not a text"},
      {export_with(R"("at_us":[1])"),
       "the history cannot be used: tests[0].durations_us is missing"},
      {export_with(R"("at_us":[-1])"),
       "the history cannot be used: tests[0].at_us[0] is not a whole number of at least 0"},
      {export_with(R"("at_us":[1e300])"),
       "the history cannot be used: tests[0].at_us[0] is not a whole number of at least 0"},
      {export_with(R"("at_us":[4611686018427387904])"),
       "the history cannot be used: tests[0].at_us has a time that is none"},
      {export_with(R"("at_us":[1],"durations_us":[1,2],"cpu_us":[1],"peak_memory_bytes":[1],)"
                   R"("verdicts":["passed"])"),
       "the history cannot be used: tests[0].durations_us is not as long as at_us"},
      {export_with(R"("at_us":[1],"durations_us":[1],"cpu_us":[1],"peak_memory_bytes":[1],)"
                   R"("verdicts":["great"])"),
       "the history cannot be used: tests[0].verdicts has an entry that is no verdict"},
      {export_with(R"("at_us":[1],"durations_us":[1],"cpu_us":[1],"peak_memory_bytes":[1],)"
                   R"("verdicts":[])"),
       "the history cannot be used: tests[0].verdicts is not as long as at_us"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(error_of(row.text) == row.error);
  }
}

BOOST_AUTO_TEST_CASE(of_a_merge_is_read_back)
{
  const HistoryMerge read =
      history_merge_from_json(history_merge_to_json({.tests = 3, .attempts = 9, .of_future = 1}))
          .value();
  BOOST_TEST(read.tests == 3U);
  BOOST_TEST(read.attempts == 9U);
  BOOST_TEST(read.of_future == 1U);
  BOOST_TEST(history_merge_from_json("{}").has_error());
  BOOST_TEST(history_merge_from_json("no").has_error());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_history_report)

BOOST_AUTO_TEST_CASE(sums_up_each_test)
{
  const std::string text = project_history_to_json(sample);
  BOOST_TEST(text.find(R"("kind":"winnow.history","version":1,"project":"Shop")") !=
             std::string::npos);
  BOOST_TEST(text.find(R"("duration_median_us":2000000,"duration_p95_us":2000000)") !=
             std::string::npos);
  BOOST_TEST(text.find(R"("cpu_share":2.5E-1)") != std::string::npos);
  BOOST_TEST(text.find(R"("verdicts":{"passed":1,"timed out":1},"last":"timed out",)"
                       R"("seen_us":1700000001000000)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(is_read_by_who_wants_expectations)
{
  const History read = history_from_json(project_history_to_json(sample)).value();
  BOOST_TEST(read.at({"net", "http"}).duration_us == 2'000'000);
  BOOST_TEST(read.at({"net", "http"}).attempts == 1U);
}

BOOST_AUTO_TEST_CASE(has_a_line_for_each_test)
{
  const std::string text = project_history_to_text(sample);
  BOOST_TEST(text.starts_with("2 tests of Shop, Debug\n"));
  BOOST_TEST(text.find("net/http: 1 passed, 1 timed out\n") != std::string::npos);
  BOOST_TEST(text.find(" 2.0 s        2.0 s   25%    3.0 MiB  2023-11-1") != std::string::npos);
  BOOST_TEST(project_history_to_text({"Shop", "", {}}) == "no test of Shop has a history here\n");
}

BOOST_AUTO_TEST_SUITE_END()
