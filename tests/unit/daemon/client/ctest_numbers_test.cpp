// Which tests -I names: as ctest 3.25 counts them, over many ranges.
#include "daemon/client/ctest_numbers.hpp"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <initializer_list>
#include <string>
#include <vector>

using namespace winnow::client;

namespace {

/// ctest's own loop, which is too slow for small strides.
std::vector<bool> counted(int first, int last, double stride, std::uint32_t count)
{
  std::vector<bool> named(count);
  for (int i = 0; i * stride + first <= last; ++i) {
    const int number = static_cast<int>(i * stride + first);
    if (number >= 1 && number <= static_cast<int>(count)) {
      named[static_cast<std::size_t>(number) - 1] = true;
    }
  }
  return named;
}

} // namespace

BOOST_AUTO_TEST_SUITE(ctest_numbers)

BOOST_AUTO_TEST_CASE(of_a_range_are_those_that_ctest_counts)
{
  for (const int first : {-7, 0, 1, 3}) {
    for (int last = 0; last < 16; ++last) {
      for (const double stride : {0.07, 0.1, 0.14, 0.4, 0.5, 1.0, 1.1, 1.7, 2.0, 2.5, 7.0, 40.0}) {
        const std::string text = fmt::format("{},{},{}", first, last, stride);
        const auto named = parse_ctest_numbers(text)->among(12);
        if (first > last) {
          BOOST_TEST(!named.has_value(), text);
        } else {
          BOOST_REQUIRE_MESSAGE(named.has_value(), text);
          BOOST_TEST((*named == counted(first, last, stride, 12)), text);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(of_a_tiny_stride_or_a_vast_range_come_at_once)
{
  const std::vector<bool> all(5, true);
  BOOST_TEST((parse_ctest_numbers("1,,1e-6")->among(5) == all));
  BOOST_TEST((parse_ctest_numbers("-2000000000,2000000000,1e-6")->among(5) == all));
}

BOOST_AUTO_TEST_CASE(that_are_none_are_refused)
{
  for (const char* text :
       {"x", "1,2,nan", "1,2,inf", "1.5", "1,2,1,x", "1 ", "1,2,1e-9", "3000000000"}) {
    BOOST_TEST(parse_ctest_numbers(text).has_error(), text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
