// Variables as ctest 3.25 sets them, observed.
#include "daemon/execute/resource_variables.hpp"

#include <fmt/format.h>

#include <map>
#include <string_view>

namespace winnow::execute {
namespace {

constexpr std::string_view prefix = "CTEST_RESOURCE_GROUP_";

using Variables = std::map<std::string, std::string, std::less<>>;

/// Kinds consist of small letters, digits and underscores.
std::string upper_case(std::string text)
{
  for (char& letter : text) {
    if (letter >= 'a' && letter <= 'z') {
      letter = static_cast<char>(letter - 'a' + 'A');
    }
  }
  return text;
}

void add_group(Variables& variables, std::size_t number, const std::vector<AllocatedSlots>& group)
{
  const std::string name = fmt::format("{}{}", prefix, number);
  std::string kinds;
  std::string_view last;
  for (const AllocatedSlots& given : group) {
    std::string& slots = variables[fmt::format("{}_{}", name, upper_case(given.kind))];
    if (given.kind != last) {
      kinds += (kinds.empty() ? "" : ",") + given.kind;
      last = given.kind;
    } else {
      slots += ';';
    }
    slots += fmt::format("id:{},slots:{}", given.id, given.slots);
  }
  variables[name] = kinds;
}

} // namespace

void set_resource_variables(std::vector<std::string>& environment,
                            const std::optional<ResourceAllocation>& allocation)
{
  const std::string count = fmt::format("{}COUNT", prefix);
  Variables variables;
  if (allocation) {
    variables[count] = fmt::format("{}", allocation->size());
    for (std::size_t number = 0; number < allocation->size(); ++number) {
      add_group(variables, number, (*allocation)[number]);
    }
  }
  std::erase_if(environment, [&](const std::string_view assignment) {
    const std::string_view name = assignment.substr(0, assignment.find('='));
    return name == count || variables.contains(name);
  });
  for (const auto& [name, value] : variables) {
    environment.push_back(fmt::format("{}={}", name, value));
  }
}

} // namespace winnow::execute
