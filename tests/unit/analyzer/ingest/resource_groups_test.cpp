// RESOURCE_GROUPS as ctest reads them; each row was tried on ctest 3.25.
#include "analyzer/ingest/resource_groups.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace winnow;
using namespace winnow::ingest;

namespace {

/// "gpus:4|cards:1 gpus:2" for two groups, "refused" for nothing.
std::string read(std::string_view text)
{
  const auto groups = parse_resource_groups(text);
  if (!groups) {
    return "refused";
  }
  std::string result;
  for (const auto& group : *groups) {
    std::string requirements;
    for (const ResourceRequirement& requirement : group) {
      requirements += (requirements.empty() ? "" : " ") + requirement.kind + ":" +
                      std::to_string(requirement.slots);
    }
    result += (&group == &groups->front() ? "" : "|") + requirements;
  }
  return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(resource_groups)

BOOST_AUTO_TEST_CASE(are_read_as_ctest_reads_them)
{
  struct Row {
    std::string_view text;
    std::string_view groups;
  };

  const Row rows[] = {
      {"", ""},
      {";", ""},
      {"gpus:1", "gpus:1"},
      {"2,gpus:1", "gpus:1|gpus:1"},
      {"2,gpus:4;gpus:2,gpus:2,cards:1", "gpus:4|gpus:4|gpus:2 gpus:2 cards:1"},
      {"3", "||"},
      {"0,gpus:1", ""},
      {"0,gpus:1;cards:1", "cards:1"},
      {"gpus:0", "gpus:0"},
      {";;gpus:1;;;cards:1;", "gpus:1|cards:1"},
      {"gpus:1,,,cards:1,", "gpus:1 cards:1"},
      {"2,", "|"},
      {"gpus:1,;2,cards:3", "gpus:1 cards:3|gpus:1 cards:3"},
      {"gpus:1,;", ""},
      {"_a1:007", "_a1:7"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT("RESOURCE_GROUPS " << row.text)
    {
      BOOST_TEST(read(row.text) == row.groups);
    }
  }
}

BOOST_AUTO_TEST_CASE(are_refused_where_ctest_refuses_them)
{
  for (const std::string_view text :
       {"gpus", "gpus:", ":1", ",", ",gpus:1", ";,gpus:1", "2,3", "gpus:1,2", "gpus:1:2", "Gpus:1",
        "1gpus:1", "gpus:1 ", "gpus:-1", "gpus:x", "gpus: 1", "2,3,gpus:1", "gpus:1\n"}) {
    BOOST_TEST_CONTEXT("RESOURCE_GROUPS " << text)
    {
      BOOST_TEST(read(text) == "refused");
    }
  }
}

BOOST_AUTO_TEST_CASE(are_refused_where_no_machine_has_as_much)
{
  BOOST_TEST(read("99999,gpus:1") == "refused");
  BOOST_TEST(read("4000,gpus:1;4000,gpus:1") == "refused");
  BOOST_TEST(read("99999999999999999999,gpus:1") == "refused");
  BOOST_TEST(read("gpus:99999999999") == "refused");
}

BOOST_AUTO_TEST_SUITE_END()
