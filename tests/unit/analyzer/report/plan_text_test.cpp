// Plans for terminals and scripts.
#include "analyzer/report/plan_text.hpp"
#include "analyzer/report/quantity_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::report;

BOOST_AUTO_TEST_SUITE(a_plan_in_words)

BOOST_AUTO_TEST_CASE(compares_the_prediction_with_the_lower_bound)
{
  Plan plan;
  plan.chunks = {{0, {{"", "a"}, {"", "b"}}, {"t"}, 90}, {1, {{"", "c"}}, {}, 45}};
  plan.predicted_s = 90;
  plan.lower_bound_s = 75;
  BOOST_TEST(plan_to_text(plan, Color::never) ==
             "3 tests in 2 chunks: predicted 1 min 30 s, lower bound 1 min 15 s, gap 20.0 %\n"
             "\n"
             "chunk   tests  targets    predicted\n"
             "    0       2        1   1 min 30 s  ==============================\n"
             "    1       1        0       45.0 s  ===============\n");
}

BOOST_AUTO_TEST_CASE(has_no_gap_without_a_bound)
{
  BOOST_TEST(plan_to_text({}, Color::never) ==
             "0 tests in 0 chunks: predicted 0 ms, lower bound 0 ms\n");
}

BOOST_AUTO_TEST_CASE(is_an_entry_for_each_test_in_scripts)
{
  Plan plan;
  plan.chunks = {{0, {{"", "a"}, {"net", "b"}}, {}, 0}, {1, {{"", "a"}}, {}, 0}};
  BOOST_TEST(plan_to_names(plan, Separator::line) == "0\ta\n0\tnet/b\n1\ta\n");
  BOOST_TEST(plan_to_names(plan, Separator::nul) == std::string("0\ta\0"
                                                                "0\tnet/b\0"
                                                                "1\ta\0",
                                                                16));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(quantities)

BOOST_AUTO_TEST_CASE(are_said_in_the_unit_that_fits)
{
  BOOST_TEST(seconds_text(0.0404) == "40 ms");
  BOOST_TEST(seconds_text(0.9996) == "1.0 s");
  BOOST_TEST(seconds_text(59.97) == "1 min 00 s");
  BOOST_TEST(seconds_text(3599.6) == "1 h 00 min");
  BOOST_TEST(bytes_text(1) == "1 byte");
  BOOST_TEST(bytes_text(1536) == "1.5 KiB");
  BOOST_TEST(bytes_text(std::uint64_t{3} << 30) == "3.0 GiB");
  BOOST_TEST(count_text(0, "test") == "0 tests");
}

BOOST_AUTO_TEST_SUITE_END()
