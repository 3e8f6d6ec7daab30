// Compares a count with what is declared.
#include "analyzer/model/counted_resource.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace winnow {

std::string misfit(const CountedResource& resource, std::uint32_t count)
{
  const CountSchema& schema = resource.schema;
  if (count > resource.capacity) {
    return fmt::format("there are {}", resource.capacity);
  }
  if (count < schema.minimum.value_or(0)) {
    return fmt::format("a test asks for at least {}", *schema.minimum);
  }
  if (schema.maximum && count > *schema.maximum) {
    return fmt::format("a test asks for at most {}", *schema.maximum);
  }
  if (schema.multiple_of && count % *schema.multiple_of != 0) {
    return fmt::format("a test asks for a multiple of {}", *schema.multiple_of);
  }
  if (!schema.choices.empty() && std::ranges::find(schema.choices, count) == schema.choices.end()) {
    return fmt::format("a test asks for one of {}", fmt::join(schema.choices, ", "));
  }
  return "";
}

bool is_resource_name(std::string_view name)
{
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_.:-").find(c) != std::string_view::npos;
  });
}

std::vector<std::string> told_environment(const CountedResource& resource, std::uint32_t count)
{
  constexpr std::string_view mark = "{count}";
  const std::string number = fmt::format("{}", count);
  std::vector<std::string> assignments;
  for (const auto& [name, text] : resource.environment) {
    std::string& assignment = assignments.emplace_back(name + "=");
    std::size_t from = 0;
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, from)) {
      assignment += text.substr(from, at - from) + number;
      from = at + mark.size();
    }
    assignment += text.substr(from);
  }
  return assignments;
}

} // namespace winnow
