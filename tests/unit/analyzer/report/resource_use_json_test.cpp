// What is in use, written and read.
#include "analyzer/report/resource_use_json.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace winnow;
using namespace winnow::report;

BOOST_AUTO_TEST_SUITE(use_of_resources)

BOOST_AUTO_TEST_CASE(comes_back_as_it_was)
{
  const ResourceUse use{
      4000,          1500,       120,
      8ULL << 30,    1ULL << 30, {{"", "machine:gpu", 2, 1}, {"p \"q\"", "license", 3, 0}},
      {{"p", "db"}}, 2ULL << 30, {Shortage::memory, 1'500'000, 3, 1}};
  const std::string text = resource_use_to_json(use);
  BOOST_TEST(text.find(R"("cpu":{"used":1.5E0,"capacity":4E0})") != std::string::npos, text);
  const Result<ResourceUse> read = resource_use_from_status(R"({"pid":1,"use":)" + text + "}");
  BOOST_REQUIRE(read.has_value());
  BOOST_TEST((*read == use));
}

BOOST_AUTO_TEST_CASE(without_pressure_says_so)
{
  const std::string text = resource_use_to_json({});
  BOOST_TEST(text.find(R"("pressure":{"short_of":"none","tests_ended":0,"tests_killed":0})") !=
                 std::string::npos,
             text);
  const Result<ResourceUse> read = resource_use_from_status(R"({"use":)" + text + "}");
  BOOST_REQUIRE(read.has_value());
  BOOST_TEST((*read == ResourceUse()));
}

BOOST_AUTO_TEST_CASE(that_is_damaged_is_an_error)
{
  for (const std::string_view status : {"", "{}", "[]", R"({"use":1})", R"({"use":{"cpu":{}}})",
                                        R"({"use":{"cpu":{"used":-1,"capacity":1}}})"}) {
    const Result<ResourceUse> read = resource_use_from_status(status);
    BOOST_TEST_CONTEXT(status)
    {
      BOOST_REQUIRE(read.has_error());
      BOOST_TEST((read.error().kind == ErrorKind::data));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
