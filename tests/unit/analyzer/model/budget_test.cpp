// Sizes and shares as people type them.
#include "analyzer/model/budget.hpp"

#include <boost/test/unit_test.hpp>

#include <string_view>

using namespace winnow;

BOOST_AUTO_TEST_SUITE(budgets)

BOOST_AUTO_TEST_CASE(have_the_units_of_the_cmake_module)
{
  BOOST_TEST(bytes_in("4096").value() == 4096U);
  BOOST_TEST(bytes_in("1.5GB").value() == 1'500'000'000U);
  BOOST_TEST(bytes_in("2kB").value() == 2000U);
  BOOST_TEST(bytes_in("2KiB").value() == 2048U);
  BOOST_TEST(bytes_in("0.5MiB").value() == 524288U);
  BOOST_TEST(bytes_in("2TiB").value() == 2ULL << 40);
}

BOOST_AUTO_TEST_CASE(of_nothing_and_of_too_much_are_none)
{
  for (const std::string_view text :
       {"", "0", "0GiB", "-1", "-1GiB", "1.5", "GiB", "2 GiB", "2GiBs", "nan", "inf", "1e400",
        "1e3MB", "0.1kB\n", "2gb", "99999999TiB", "\"2GB\"", "50%"}) {
    BOOST_TEST(!bytes_in(text).has_value(), text);
  }
  for (const std::string_view text : {"0%", "101%", "-5%", "nan%", "%", "50 %", "1e1%"}) {
    BOOST_TEST(!memory_budget_in(text).has_value(), text);
  }
  for (const std::string_view text : {"0", "1.5", "-2", "2000000", "2GB", "1e1", "x"}) {
    BOOST_TEST(!cpu_budget_in(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_CASE(are_amounts_or_shares_of_at_least_one)
{
  BOOST_TEST(memory_budget_in("8GiB")->of(1000) == 8ULL << 30);
  BOOST_TEST(memory_budget_in("50%")->of(1000) == 500U);
  BOOST_TEST(memory_budget_in("0.1%")->of(10) == 1U);
  BOOST_TEST(cpu_budget_in("4")->of(2) == 4U);
  BOOST_TEST(cpu_budget_in("50%")->of(5) == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
