// How flaky tests are, as a document and for people.
#include "analyzer/report/flakiness_report.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <ctime>
#include <string>

using namespace winnow;
using namespace winnow::report;

namespace {

const Flakiness sample{12,
                       {{{"net", "caf\xe9"}, 2, 8, 1'700'000'000'000'000, "r7", "exit code 3"},
                        {{"", "slow"}, 1, 12, 1'700'000'060'000'000, "r9", "timed out"}}};

} // namespace

BOOST_AUTO_TEST_SUITE(flakiness)

BOOST_AUTO_TEST_CASE(is_read_back_as_it_was_written)
{
  const std::string text = flakiness_to_json(sample);
  BOOST_TEST(text.find(R"("kind":"winnow.flaky","version":1,"runs":12)") != std::string::npos);
  BOOST_TEST(text.find(R"("rate":2.5E-1)") != std::string::npos, text);
  const Flakiness read = flakiness_from_json(text).value();
  BOOST_TEST(read.runs == 12U);
  BOOST_REQUIRE(read.tests.size() == 2U);
  BOOST_CHECK(read.tests[0].key == sample.tests[0].key);
  BOOST_TEST(read.tests[0].flaky_runs == 2U);
  BOOST_TEST(read.tests[0].runs == 8U);
  BOOST_TEST(read.tests[0].last_us == 1'700'000'000'000'000);
  BOOST_TEST(read.tests[0].last_run == "r7");
  BOOST_TEST(read.tests[1].reason == "timed out");
}

BOOST_AUTO_TEST_CASE(is_refused_where_a_member_is_missing)
{
  const auto read = flakiness_from_json(R"({"kind":"winnow.flaky","version":1,"runs":1})");
  BOOST_REQUIRE(!read);
  BOOST_TEST(read.error().message.starts_with("the list of flaky tests cannot be used: tests"));
  BOOST_TEST(!flakiness_from_json("[]"));
}

BOOST_AUTO_TEST_CASE(is_a_line_for_each_test)
{
  ::setenv("TZ", "UTC", 1);
  ::tzset();
  BOOST_TEST(flakiness_to_text(sample) ==
             "2 flaky tests in 12 kept runs, the newest failure of each:\n"
             " 25.0%  (2 of 8)  2023-11-14 22:13  net/caf\xe9: exit code 3\n"
             "  8.3% (1 of 12)  2023-11-14 22:14  slow: timed out\n");
  BOOST_TEST(flakiness_to_text({1, {}}) == "no test was flaky in 1 kept run\n");
}

BOOST_AUTO_TEST_SUITE_END()
