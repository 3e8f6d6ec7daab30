// Odd numbers in properties, as ctest 3.25 reads them.
#include "analyzer/ingest/test_property.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <optional>
#include <string>

using namespace winnow;
using namespace winnow::ingest;

namespace {

TestProperties with(const std::string& name, const std::string& value)
{
  TestProperties properties;
  BOOST_TEST(set_test_property(properties, name, value, "/b"));
  return properties;
}

} // namespace

BOOST_AUTO_TEST_SUITE(odd_numbers)

BOOST_AUTO_TEST_CASE(of_processors_are_the_low_bits_and_at_least_one)
{
  struct Row {
    const char* value;
    std::uint32_t processors;
  };

  for (const Row& row :
       {Row{"4", 4}, Row{" +4x", 4}, Row{"0", 1}, Row{"-3", 1}, Row{"", 1}, Row{"many", 1},
        Row{"1e3", 1}, Row{"2147483647", 2'147'483'647}, Row{"2147483648", 1}, Row{"4294967296", 1},
        Row{"4294967298", 2}, Row{"99999999999999999999", 1}}) {
    BOOST_TEST(with("PROCESSORS", row.value).processors == row.processors, row.value);
  }
}

BOOST_AUTO_TEST_CASE(of_exit_codes_are_the_same)
{
  struct Row {
    const char* value;
    std::optional<int> code;
  };

  for (const Row& row :
       {Row{"77", 77}, Row{"none", 0}, Row{"256", std::nullopt}, Row{"-1", std::nullopt},
        Row{"4294967373", 77}, Row{"99999999999999999999", std::nullopt}}) {
    BOOST_TEST((with("SKIP_RETURN_CODE", row.value).skip_return_code == row.code), row.value);
  }
}

BOOST_AUTO_TEST_SUITE_END()
