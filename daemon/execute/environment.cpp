// Applies ENVIRONMENT and ENVIRONMENT_MODIFICATION as ctest does.
#include "daemon/execute/environment.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>

namespace winnow::execute {
namespace {

/// Values by name, as they stand in the assignments: most are the same for all tests of a run.
using Variables = std::map<std::string_view, std::string_view>;

void set(Variables& variables, std::string_view assignment)
{
  const std::size_t equal = assignment.find('=');
  if (equal == std::string_view::npos) {
    // ctest's reading of a bare name.
    variables.erase(assignment);
    return;
  }
  variables.insert_or_assign(assignment.substr(0, equal), assignment.substr(equal + 1));
}

/// An empty value takes its separator too: so it does in ctest.
std::string appended(std::string_view before, std::string_view separator, std::string_view value)
{
  return before.empty() ? std::string(value) : fmt::format("{}{}{}", before, separator, value);
}

std::string prepended(std::string_view before, std::string_view separator, std::string_view value)
{
  return before.empty() ? std::string(value) : fmt::format("{}{}{}", value, separator, before);
}

struct Operation {
  std::string_view name;
  std::string (*apply)(std::string_view before, std::string_view value);
};

constexpr Operation operations[] = {
    {"set", [](std::string_view, std::string_view value) { return std::string(value); }},
    {"string_append",
     [](std::string_view before, std::string_view value) { return appended(before, "", value); }},
    {"string_prepend",
     [](std::string_view before, std::string_view value) { return prepended(before, "", value); }},
    {"path_list_append",
     [](std::string_view before, std::string_view value) { return appended(before, ":", value); }},
    {"path_list_prepend",
     [](std::string_view before, std::string_view value) { return prepended(before, ":", value); }},
    {"cmake_list_append",
     [](std::string_view before, std::string_view value) { return appended(before, ";", value); }},
    {"cmake_list_prepend",
     [](std::string_view before, std::string_view value) { return prepended(before, ";", value); }},
};

/// What the modifications made of each variable so far; no value means unset.
using Changes = std::map<std::string, std::optional<std::string>, std::less<>>;

Result<void> modify(Changes& changes, const Variables& unmodified, std::string_view modification)
{
  const std::size_t equal = modification.find('=');
  const std::size_t colon = equal == std::string_view::npos ? equal : modification.find(':', equal);
  if (colon == std::string_view::npos) {
    return user_error(fmt::format(
        "ENVIRONMENT_MODIFICATION \"{}\" is not of the form NAME=operation:value", modification));
  }
  const std::string name(modification.substr(0, equal));
  const std::string_view operation = modification.substr(equal + 1, colon - equal - 1);
  const std::string_view value = modification.substr(colon + 1);
  if (operation == "reset") {
    changes.erase(name);
    return {};
  }
  if (operation == "unset") {
    changes[name] = std::nullopt;
    return {};
  }
  for (const Operation& known : operations) {
    if (known.name == operation) {
      // After an unset, appending goes on from the unmodified value: so does ctest.
      std::optional<std::string>& change = changes[name];
      const auto original = unmodified.find(name);
      const std::string before =
          change ? *change : std::string(original != unmodified.end() ? original->second : "");
      change = known.apply(before, value);
      return {};
    }
  }
  return user_error(fmt::format("ENVIRONMENT_MODIFICATION \"{}\": there is no operation \"{}\"",
                                modification, operation));
}

} // namespace

Result<std::vector<std::string>> test_environment(const std::vector<std::string>& surroundings,
                                                  const std::vector<std::string>& ours,
                                                  const TestProperties& properties)
{
  Variables variables;
  for (const auto* assignments : {&surroundings, &ours, &properties.environment}) {
    for (const std::string& assignment : *assignments) {
      set(variables, assignment);
    }
  }
  Changes changes;
  for (const std::string& modification : properties.environment_modification) {
    const Result<void> modified = modify(changes, variables, modification);
    if (!modified) {
      return modified.error();
    }
  }
  for (const auto& [name, value] : changes) {
    if (value) {
      variables.insert_or_assign(name, *value);
    } else {
      variables.erase(name);
    }
  }
  std::vector<std::string> environment;
  environment.reserve(variables.size());
  for (const auto& [name, value] : variables) {
    std::string& assignment = environment.emplace_back();
    assignment.reserve(name.size() + 1 + value.size());
    assignment.append(name).append("=").append(value);
  }
  return environment;
}

std::string_view value_in(const std::vector<std::string>& environment, std::string_view name)
{
  for (const std::string_view assignment : environment) {
    if (assignment.size() > name.size() && assignment.starts_with(name) &&
        assignment[name.size()] == '=') {
      return assignment.substr(name.size() + 1);
    }
  }
  return {};
}

} // namespace winnow::execute
