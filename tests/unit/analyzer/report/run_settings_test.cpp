// What winnow.json says of what tests take, and of what there is.
#include "analyzer/report/settings_json.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace winnow;
using namespace winnow::report;

namespace {

constexpr std::string_view whole = R"({
  "run": {
    "resources": {
      "license": 2,
      "machine:gpu": {
        "capacity": 8,
        "schema": {"minimum": 2, "maximum": 6, "multipleOf": 2, "enum": [2, 6]},
        "environment": {"GPUS": "{count} of them", "PLAIN": "x"}
      }
    },
    "capacity": {"cpu": 3, "memory": "1.5GiB"},
    "resource_spec_file": "slots.json",
    "rules": [
      {"tests": ["a"], "cpu": 0.0001, "memory": "512MiB"},
      {"labels": ["gpu"], "resources": {"machine:gpu": 2, "license": 1}, "retries": 1}
    ]
  }
})";

Settings read(std::string_view text)
{
  return settings_from_json(text, "winnow.json", "/src/project").value();
}

/// Of settings whose `run` has that text.
std::string fault_of(std::string_view run)
{
  const Result<Settings> settings =
      settings_from_json("{\"run\": {" + std::string(run) + "}}", "winnow.json", "/src/project");
  return settings.has_error() ? settings.error().message : "";
}

} // namespace

BOOST_AUTO_TEST_SUITE(settings_of_runs)

BOOST_AUTO_TEST_CASE(declare_kinds_and_what_tests_take)
{
  const Settings settings = read(whole);
  BOOST_REQUIRE_EQUAL(settings.resources.size(), 2U);
  const CountedResource license{"license", 2, {}, {}, "winnow.json:4"};
  BOOST_TEST((settings.resources[0] == license));
  const CountedResource gpu{"machine:gpu",
                            8,
                            {2, 6, 2, {2, 6}},
                            {{"GPUS", "{count} of them"}, {"PLAIN", "x"}},
                            "winnow.json:5"};
  BOOST_TEST((settings.resources[1] == gpu));
  BOOST_TEST((settings.capacity.cpu == Budget{3, 0}));
  BOOST_TEST((settings.capacity.memory == Budget{3ULL << 29, 0}));
  BOOST_TEST(settings.resource_spec_file == "slots.json");
  BOOST_REQUIRE_EQUAL(settings.run_rules.size(), 2U);
  BOOST_TEST(!settings.run_rules[0].repeat.has_value());
  BOOST_TEST(settings.run_rules[0].stated.cpu_milli.value() == 1U); // at least a thousandth
  BOOST_TEST(settings.run_rules[0].stated.memory_bytes.value() == 512U << 20);
  const std::vector<ResourceCount> pools{{"machine:gpu", 2}, {"license", 1}};
  BOOST_TEST((settings.run_rules[1].stated.pools == pools));
}

BOOST_AUTO_TEST_CASE(may_give_shares_of_the_machine)
{
  const Settings settings = read(R"({"run": {"capacity": {"cpu": "50%", "memory": "25%"}}})");
  BOOST_TEST(settings.capacity.cpu->of(8) == 4U);
  BOOST_TEST(settings.capacity.cpu->of(1) == 1U); // some at least
  BOOST_TEST(settings.capacity.memory->of(1000) == 250U);
}

BOOST_AUTO_TEST_CASE(name_what_is_wrong_with_its_place)
{
  struct Row {
    std::string_view run;
    std::string_view word;
  };

  constexpr Row rows[] = {
      {R"("resorces": {})", "did you mean resources?"},
      {R"("resources": {})", "is an empty object"},
      {R"("resources": [])", "must be an object"},
      {R"("resources": {"license": -1})", "whole number from 0 to 999999999"},
      {R"("resources": {"license": 1.5})", "whole number"},
      {R"("resources": {"license": 1e400})", "whole number"},
      {R"("resources": {"license": 9999999999})", "whole number"},
      {R"("resources": {"license": "2"})", "whole number"},
      {R"("resources": {"a license": 1})", "must have a name of letters"},
      {R"("resources": {"license": {}})", "must have a capacity"},
      {R"("resources": {"license": {"capacty": 1}})", "did you mean capacity?"},
      {R"("resources": {"license": {"capacity": 1, "schema": {"maximun": 1}}})",
       "did you mean maximum?"},
      {R"("resources": {"license": {"capacity": 1, "schema": {"minimum": 0}}})", "from 1"},
      {R"("resources": {"license": {"capacity": 1, "schema": {"minimum": 3, "maximum": 2}}})",
       "must not be below the minimum"},
      {R"("resources": {"license": {"capacity": 1, "schema": {"enum": []}}})", "empty list"},
      {R"("resources": {"license": {"capacity": 1, "environment": {"A=B": "x"}}})",
       "no name of a variable"},
      {R"("resources": {"license": {"capacity": 1, "environment": {"A": 1}}})", "a text in quotes"},
      {R"("capacity": {"cpu": 0})", "whole number of cpus from 1"},
      {R"("capacity": {"cpu": -1})", "whole number of cpus from 1"},
      {R"("capacity": {"cpu": 1.5})", "whole number of cpus from 1"},
      {R"("capacity": {"cpu": "0%"})", "whole number of cpus from 1"},
      {R"("capacity": {"memory": 0})", "a size above 0"},
      {R"("capacity": {"memory": "2 GiB"})", "a size above 0"},
      {R"("capacity": {"memory": "101%"})", "a size above 0"},
      {R"("capacity": {"mem": "2GiB"})", "is not known"},
      {R"("resource_spec_file": 3)", "must be a text"},
      {R"("rules": [{"tests": ["a"], "cpu": 0}])", "cpus above 0"},
      {R"("rules": [{"tests": ["a"], "cpu": 1e400}])", "cpus above 0"},
      {R"("rules": [{"tests": ["a"], "cpu": "2"}])", "cpus above 0"},
      {R"("rules": [{"tests": ["a"], "memory": "-1GB"}])", "a size above 0"},
      {R"("rules": [{"tests": ["a"], "memory": "0"}])", "a size above 0"},
      {R"("rules": [{"tests": ["a"], "memory": "50%"}])", "a size above 0"},
      {R"("rules": [{"tests": ["a"], "memory": "99999999TiB"}])", "a size above 0"},
      {R"("rules": [{"tests": ["a"], "resources": {"license": 0}}])", "whole number from 1"},
      {R"("rules": [{"tests": ["a"], "resources": {"": 1}}])", "must have a name"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.run)
    {
      const std::string message = fault_of(row.run);
      BOOST_TEST(message.starts_with("winnow.json:1:"), message);
      BOOST_TEST(message.find(row.word) != std::string::npos, message);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
