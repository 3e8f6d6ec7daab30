// What a test tells ctest in its output, and what is left of the output.
#include "analyzer/model/ctest_tags.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;

BOOST_AUTO_TEST_SUITE(ctest_tags)

BOOST_AUTO_TEST_CASE(a_line_with_a_tag_is_left_out_and_told)
{
  const UntaggedOutput found = without_ctest_tags(
      "one\n  <CTestLabel>fast one</CTestLabel> two\n<CTestDetails>odd</CTestDetails>\nthree");
  BOOST_TEST(found.text == "one\nthree");
  BOOST_TEST(found.labels == std::vector<std::string>{"fast one"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_tag_goes_from_its_first_mark_to_its_last)
{
  BOOST_TEST(ctest_tag_in("<CTestLabel>a</CTestLabel>b</CTestLabel>").value == "a</CTestLabel>b");
  BOOST_CHECK(ctest_tag_in("<CTestLabel>a</CTestLabel><CTestDetails>b</CTestDetails>").kind ==
              CTestTag::Kind::details);
  for (const char* line : {"", "<CTestLabel>a", "a</CTestLabel>", "</CTestLabel><CTestLabel>",
                           "<CTestLabel", "<CTestOther>a</CTestOther>"}) {
    BOOST_CHECK(ctest_tag_in(line).kind == CTestTag::Kind::none);
  }
}

BOOST_AUTO_TEST_CASE(an_output_without_tags_stays_as_it_is)
{
  BOOST_TEST(without_ctest_tags("a\r\n\nb").text == "a\r\n\nb");
  BOOST_TEST(without_ctest_tags("").text == "");
  BOOST_TEST(without_ctest_tags("<CTest\n").text == "<CTest\n");
}

BOOST_AUTO_TEST_CASE(measurements_are_taken_out)
{
  BOOST_TEST(without_measurements("a <DartMeasurement name=\"x\" type=\"t\">1</DartMeasurement> b\n"
                                  "<CTestMeasurementFile type=\"f\">c</CTestMeasurementFile>d") ==
             "a  b\nd");
  for (const char* text :
       {"", "a<b", "<DartMeasurement>1", "<DartMeasurement><b></DartMeasurement>",
        "<DartMeasurement>1</DartMeasurement", "<Measurement>1</Measurement>"}) {
    BOOST_TEST(without_measurements(text) == text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
