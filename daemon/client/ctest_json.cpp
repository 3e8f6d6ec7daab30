// Names, order and types as ctest has them: a reader of the one reads the other.
#include "daemon/client/ctest_json.hpp"

#include "analyzer/ingest/cmake_values.hpp"
#include "analyzer/report/test_key_json.hpp"
#include "daemon/client/ctest_backtraces.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace winnow::client {
namespace {

namespace json = boost::json;

using Texts = std::vector<std::string>;

json::value text(std::string_view value)
{
  return json::value(report::json_text(value));
}

json::array texts(const Texts& values)
{
  json::array array;
  for (const std::string& value : values) {
    array.push_back(text(value));
  }
  return array;
}

/// What ctest keeps in a set.
Texts as_set(Texts values)
{
  std::ranges::sort(values);
  const auto repeated = std::ranges::unique(values);
  values.erase(repeated.begin(), repeated.end());
  return values;
}

/// What each selected test DEPENDS on, by its index in the selection.
class Dependencies {
 public:
  explicit Dependencies(const CTestListing& listing)
      : tests_(listing.tests), selection_(listing.selection), names_(selection_.tests.size())
  {
    for (const std::size_t test : selection_.numbered) {
      for (const std::string& fixture : as_set(tests_[test].properties->fixtures_setup)) {
        setups_[fixture].push_back(test);
      }
    }
    for (std::uint32_t index = 0; index < names_.size(); ++index) {
      names_[index] = properties_of(index).depends;
    }
    for (const std::uint32_t index : selection_.order) {
      add_setups(index);
    }
    for (std::uint32_t index = 0; index < names_.size(); ++index) {
      add_users(index);
    }
  }

  [[nodiscard]] const Texts& of(std::uint32_t index) const { return names_[index]; }

 private:
  using Indices = std::vector<std::uint32_t>;

  [[nodiscard]] const TestDescription& test_at(std::uint32_t index) const
  {
    return tests_[selection_.tests[index].test];
  }

  [[nodiscard]] const TestProperties& properties_of(std::uint32_t index) const
  {
    return test_at(index).properties;
  }

  void add(std::uint32_t index, const std::string& name)
  {
    std::unordered_set<std::string>& known = known_[index];
    if (known.empty()) {
      known.insert(names_[index].begin(), names_[index].end());
    }
    if (known.insert(name).second) {
      names_[index].push_back(name);
    }
  }

  void add_setups(std::uint32_t index)
  {
    const TestProperties& properties = properties_of(index);
    if (properties.disabled) {
      return;
    }
    for (const std::string& fixture : as_set(properties.fixtures_required)) {
      users_[fixture].push_back(index);
      if (const auto setups = setups_.find(fixture); setups != setups_.end()) {
        for (const std::size_t setup : setups->second) {
          add(index, tests_[setup].key.name);
        }
      }
    }
    for (const std::string& fixture : properties.fixtures_setup) {
      selected_setups_[fixture].push_back(index);
    }
  }

  void add_users(std::uint32_t index)
  {
    for (const std::string& fixture : as_set(properties_of(index).fixtures_cleanup)) {
      for (const auto* before : {&users_, &selected_setups_}) {
        if (const auto found = before->find(fixture); found != before->end()) {
          for (const std::uint32_t user : found->second) {
            add(index, test_at(user).key.name);
          }
        }
      }
    }
  }

  std::span<const TestDescription> tests_;
  const CTestSelection& selection_;
  std::unordered_map<std::string, std::vector<std::size_t>> setups_;
  std::unordered_map<std::string, Indices> users_;
  std::unordered_map<std::string, Indices> selected_setups_;
  std::vector<Texts> names_;
  std::unordered_map<std::uint32_t, std::unordered_set<std::string>>
      known_; ///< names_, to be asked
};

json::array resource_groups(const std::vector<std::vector<ResourceRequirement>>& groups)
{
  json::array array;
  for (const std::vector<ResourceRequirement>& group : groups) {
    json::array requirements;
    for (const ResourceRequirement& requirement : group) {
      requirements.push_back(
          json::object{{".type", text(requirement.kind)}, {"slots", requirement.slots}});
    }
    array.push_back(json::object{{"requirements", std::move(requirements)}});
  }
  return array;
}

/// Properties that Winnow has no field for.
struct OtherProperties {
  explicit OtherProperties(const TestProperties& properties)
  {
    for (const auto& [name, value] : properties.others) {
      const Texts elements = ingest::expand_list(value);
      if (name == "ATTACHED_FILES") {
        attached.insert(attached.end(), elements.begin(), elements.end());
      } else if (name == "ATTACHED_FILES_ON_FAIL") {
        attached_on_fail.insert(attached_on_fail.end(), elements.begin(), elements.end());
      } else if (name == "MEASUREMENT") {
        const std::size_t equals = value.find('=');
        measurements[value.substr(0, equals)] =
            equals == std::string::npos ? "1" : value.substr(equals + 1);
      }
    }
  }

  Texts attached;
  Texts attached_on_fail;
  std::map<std::string, std::string> measurements;
};

json::array measurements(const std::map<std::string, std::string>& values)
{
  json::array array;
  for (const auto& [name, value] : values) {
    array.push_back(json::object{{"measurement", text(name)}, {"value", text(value)}});
  }
  return array;
}

/// Collects what a test has, in ctest's order.
class PropertyList {
 public:
  void add(std::string_view name, json::value value)
  {
    list_.push_back(json::object{{"name", name}, {"value", std::move(value)}});
  }

  void add(std::string_view name, const Texts& values)
  {
    if (!values.empty()) {
      add(name, json::value(texts(values)));
    }
  }

  void add(std::string_view name, json::array values)
  {
    if (!values.empty()) {
      add(name, json::value(std::move(values)));
    }
  }

  void add_flag(std::string_view name, bool set)
  {
    if (set) {
      add(name, json::value(true));
    }
  }

  json::array take() { return std::move(list_); }

 private:
  json::array list_;
};

json::array properties_of(const TestDescription& test, const Texts& depends)
{
  const TestProperties& own = test.properties;
  const OtherProperties others(own);
  PropertyList list;
  list.add("ATTACHED_FILES_ON_FAIL", others.attached_on_fail);
  list.add("ATTACHED_FILES", others.attached);
  if (own.cost != 0) {
    list.add("COST", json::value(static_cast<double>(static_cast<float>(own.cost))));
  }
  list.add("DEPENDS", depends);
  list.add_flag("DISABLED", own.disabled);
  list.add("ENVIRONMENT", own.environment);
  list.add("ENVIRONMENT_MODIFICATION", own.environment_modification);
  list.add("FAIL_REGULAR_EXPRESSION", own.fail_regular_expression);
  list.add("SKIP_REGULAR_EXPRESSION", own.skip_regular_expression);
  list.add("FIXTURES_CLEANUP", as_set(own.fixtures_cleanup));
  list.add("FIXTURES_REQUIRED", as_set(own.fixtures_required));
  list.add("FIXTURES_SETUP", as_set(own.fixtures_setup));
  list.add("LABELS", own.labels);
  list.add("MEASUREMENT", measurements(others.measurements));
  list.add("PASS_REGULAR_EXPRESSION", own.pass_regular_expression);
  list.add("RESOURCE_GROUPS", resource_groups(own.resource_groups));
  list.add_flag("PROCESSOR_AFFINITY", own.processor_affinity);
  if (own.processors != 1) {
    list.add("PROCESSORS", json::value(own.processors));
  }
  list.add("REQUIRED_FILES", own.required_files);
  list.add("RESOURCE_LOCK", as_set(own.resource_locks));
  list.add_flag("RUN_SERIAL", own.run_serial);
  if (own.skip_return_code) {
    list.add("SKIP_RETURN_CODE", json::value(*own.skip_return_code));
  }
  if (own.timeout_s) {
    list.add("TIMEOUT", json::value(*own.timeout_s));
  }
  if (const auto& after = own.timeout_after_match; after && !after->regular_expressions.empty()) {
    list.add("TIMEOUT_AFTER_MATCH",
             json::value(json::object{{"timeout", after->timeout_s},
                                      {"regex", texts(after->regular_expressions)}}));
  }
  list.add_flag("WILL_FAIL", own.will_fail);
  if (!own.working_directory.empty()) {
    list.add("WORKING_DIRECTORY", text(own.working_directory));
  }
  return list.take();
}

/// In the place of what ctest makes of them.
void put_texts(json::array& properties, const ingest::PropertyTexts& texts)
{
  for (json::value& property : properties) {
    const auto found = texts.find(property.at("name").as_string());
    property.at("value") = text(found == texts.end() ? "" : found->second);
  }
}

} // namespace

std::string ctest_json(const CTestListing& listing)
{
  const Dependencies depends(listing);
  CTestBacktraces backtraces;
  json::array tests;
  for (std::uint32_t index = 0; index < listing.selection.tests.size(); ++index) {
    const std::uint32_t number = listing.selection.tests[index].test;
    const TestDescription& test = listing.tests[number];
    if (!test.command.empty() && test.command.front() == "NOT_AVAILABLE") {
      continue; // in this configuration
    }
    json::object entry{{"name", text(test.key.name)}};
    if (!listing.configuration.empty()) {
      entry["config"] = text(listing.configuration);
    }
    if (const auto program = listing.program_of(test)) {
      Texts command = test.command;
      command.front() = *program;
      entry["command"] = texts(command);
    }
    entry["properties"] = properties_of(test, depends.of(index));
    if (!listing.property_texts.empty()) {
      put_texts(entry["properties"].as_array(), listing.property_texts[number]);
    }
    if (const auto node = backtraces.add(listing.backtraces[number])) {
      entry["backtrace"] = *node;
    }
    tests.push_back(std::move(entry));
  }
  return json::serialize(json::object{{"kind", "ctestInfo"},
                                      {"version", {{"major", 1}, {"minor", 0}}},
                                      {"backtraceGraph", std::move(backtraces).graph()},
                                      {"tests", std::move(tests)}}) +
         "\n";
}

} // namespace winnow::client
