// The table from CTest property names to fields.
#include "analyzer/ingest/test_property.hpp"

#include "analyzer/ingest/cmake_values.hpp"
#include "analyzer/ingest/resource_groups.hpp"
#include "analyzer/model/roots.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <unordered_map>

namespace winnow::ingest {
namespace {

/// The number that a text begins with, as ctest reads it: 0 for none, the low 32 bits of a large
/// one, and -1 of one beyond 64 bits.
int leading_integer(const std::string& text)
{
  return static_cast<int>(std::strtol(text.c_str(), nullptr, 10));
}

using Setter = void (*)(TestProperties&, const std::string& value);

template <class Element>
void append(std::vector<Element>& list, std::vector<Element> more)
{
  list.insert(list.end(), std::make_move_iterator(more.begin()),
              std::make_move_iterator(more.end()));
}

template <std::vector<std::string> TestProperties::*Field>
void add_to_list(TestProperties& properties, const std::string& value)
{
  append(properties.*Field, expand_list(value));
}

void add_labels(TestProperties& properties, const std::string& value)
{
  std::vector<std::string>& labels = properties.labels;
  append(labels, expand_list(value));
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
}

template <bool TestProperties::*Field>
void set_flag(TestProperties& properties, const std::string& value)
{
  properties.*Field = is_on(value);
}

void set_timeout(TestProperties& properties, const std::string& value)
{
  properties.timeout_s = std::strtod(value.c_str(), nullptr);
}

/// A limit and one expression; ctest complains of anything else, and ignores it. Expressions of
/// several add up.
void set_timeout_after_match(TestProperties& properties, const std::string& value)
{
  const std::vector<std::string> elements = expand_list(value);
  if (elements.size() != 2) {
    return;
  }
  if (!properties.timeout_after_match) {
    properties.timeout_after_match.emplace();
  }
  properties.timeout_after_match->timeout_s = std::strtod(elements[0].c_str(), nullptr);
  append(properties.timeout_after_match->regular_expressions, expand_list(elements[1]));
}

void set_timeout_signal_name(TestProperties& properties, const std::string& value)
{
  properties.timeout_signal_name = value;
}

void set_timeout_signal_grace(TestProperties& properties, const std::string& value)
{
  properties.timeout_signal_grace_s = std::strtod(value.c_str(), nullptr);
}

void set_cost(TestProperties& properties, const std::string& value)
{
  properties.cost = std::strtod(value.c_str(), nullptr);
}

void set_processors(TestProperties& properties, const std::string& value)
{
  properties.processors = static_cast<std::uint32_t>(std::max(leading_integer(value), 1));
}

void set_skip_return_code(TestProperties& properties, const std::string& value)
{
  const int code = leading_integer(value);
  if (code >= 0 && code <= 255) {
    properties.skip_return_code = code;
  } else {
    properties.skip_return_code.reset();
  }
}

const std::unordered_map<std::string_view, Setter>& setters()
{
  using P = TestProperties;
  static const std::unordered_map<std::string_view, Setter> table{
      {"COST", set_cost},
      {"DEPENDS", add_to_list<&P::depends>},
      {"DISABLED", set_flag<&P::disabled>},
      {"ENVIRONMENT", add_to_list<&P::environment>},
      {"ENVIRONMENT_MODIFICATION", add_to_list<&P::environment_modification>},
      {"FAIL_REGULAR_EXPRESSION", add_to_list<&P::fail_regular_expression>},
      {"FIXTURES_CLEANUP", add_to_list<&P::fixtures_cleanup>},
      {"FIXTURES_REQUIRED", add_to_list<&P::fixtures_required>},
      {"FIXTURES_SETUP", add_to_list<&P::fixtures_setup>},
      {"LABELS", add_labels},
      {"PASS_REGULAR_EXPRESSION", add_to_list<&P::pass_regular_expression>},
      {"PROCESSORS", set_processors},
      {"PROCESSOR_AFFINITY", set_flag<&P::processor_affinity>},
      {"REQUIRED_FILES", add_to_list<&P::required_files>},
      {"RESOURCE_LOCK", add_to_list<&P::resource_locks>},
      {"RUN_SERIAL", set_flag<&P::run_serial>},
      {"SKIP_REGULAR_EXPRESSION", add_to_list<&P::skip_regular_expression>},
      {"SKIP_RETURN_CODE", set_skip_return_code},
      {"TIMEOUT", set_timeout},
      {"TIMEOUT_AFTER_MATCH", set_timeout_after_match},
      {"TIMEOUT_SIGNAL_GRACE_PERIOD", set_timeout_signal_grace},
      {"TIMEOUT_SIGNAL_NAME", set_timeout_signal_name},
      {"WILL_FAIL", set_flag<&P::will_fail>},
  };
  return table;
}

} // namespace

bool set_test_property(TestProperties& properties, std::string_view name, const std::string& value,
                       const std::string& directory)
{
  if (name == "WORKING_DIRECTORY") {
    properties.working_directory =
        lexically_normal(value.starts_with('/') ? value : directory + "/" + value);
  } else if (name == "RESOURCE_GROUPS") {
    auto groups = parse_resource_groups(value);
    if (!groups) {
      return false;
    }
    append(properties.resource_groups, std::move(*groups));
  } else if (const auto found = setters().find(name); found != setters().end()) {
    found->second(properties, value);
  } else {
    properties.others.emplace_back(name, value);
  }
  return true;
}

void keep_property_text(PropertyTexts& texts, std::string_view name, const std::string& value)
{
  static constexpr std::string_view lists[] = {"ATTACHED_FILES",
                                               "ATTACHED_FILES_ON_FAIL",
                                               "DEPENDS",
                                               "ENVIRONMENT",
                                               "ENVIRONMENT_MODIFICATION",
                                               "FAIL_REGULAR_EXPRESSION",
                                               "FIXTURES_CLEANUP",
                                               "FIXTURES_REQUIRED",
                                               "FIXTURES_SETUP",
                                               "LABELS",
                                               "MEASUREMENT",
                                               "PASS_REGULAR_EXPRESSION",
                                               "REQUIRED_FILES",
                                               "RESOURCE_GROUPS",
                                               "RESOURCE_LOCK",
                                               "SKIP_REGULAR_EXPRESSION",
                                               "TIMEOUT_AFTER_MATCH"};
  std::string& text = texts[std::string(name)];
  if (std::ranges::find(lists, name) == std::end(lists)) {
    text = value;
  } else {
    text += (text.empty() || value.empty() ? "" : ";") + value;
  }
}

} // namespace winnow::ingest
