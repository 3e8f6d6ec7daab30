// A diagnosis as a document and as lines.
#include "analyzer/report/diagnosis_report.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::report;

namespace {

namespace json = boost::json;

Diagnosis sample()
{
  Diagnosis diagnosis;
  diagnosis.build_dir = "/src/build";
  diagnosis.checked = {"header_lists", "module"};
  diagnosis.findings = {
      {"module", Severity::advice, "no module", "it is not used", "use it", {}},
      {"header_lists", Severity::problem, "no lists", "nothing is built", "build", {"@build/a.o"}}};
  return diagnosis;
}

} // namespace

BOOST_AUTO_TEST_SUITE(diagnosis_reports)

BOOST_AUTO_TEST_CASE(a_document_has_every_finding_and_what_was_checked)
{
  const json::value whole = json::parse(diagnosis_to_json(sample()));
  BOOST_TEST(whole.at("kind").as_string() == "winnow.diagnosis");
  BOOST_TEST(whole.at("version").as_int64() == 1);
  BOOST_TEST(whole.at("build_dir").as_string() == "/src/build");
  BOOST_TEST(whole.at("problems").to_number<int>() == 1);
  BOOST_TEST(json::serialize(whole.at("findings").at(1)) ==
             R"({"name":"header_lists","severity":"problem","what":"no lists",)"
             R"("cause":"nothing is built","remedy":"build","items":["@build/a.o"]})");
  BOOST_TEST(json::serialize(whole.at("checked")) == R"(["header_lists","module"])");
}

BOOST_AUTO_TEST_CASE(without_a_build_tree_there_is_none_in_the_document)
{
  BOOST_TEST(json::parse(diagnosis_to_json({})).at("build_dir").is_null());
}

BOOST_AUTO_TEST_CASE(lines_put_problems_first)
{
  BOOST_TEST(diagnosis_to_text(sample(), Color::never) ==
             "problem: no lists\n  because nothing is built\n  to do: build\n    build/a.o\n"
             "advice: no module\n  because it is not used\n  to do: use it\n"
             "1 problem and 1 piece of advice in 2 checks\n");
}

BOOST_AUTO_TEST_CASE(of_many_items_lines_show_the_first)
{
  Diagnosis diagnosis = sample();
  diagnosis.findings[1].items.assign(12, "item");
  const std::string text = diagnosis_to_text(diagnosis, Color::never);
  BOOST_TEST(text.find("and 2 more; --format json has them all") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(names_from_the_project_cannot_break_the_lines)
{
  Diagnosis diagnosis = sample();
  diagnosis.findings[1].items = {"two\nlines"};
  BOOST_TEST(diagnosis_to_text(diagnosis, Color::never).find("two%0Alines") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
