// Joins declarations, and compares statements with them.
#include "daemon/client/declared_resources.hpp"

#include "analyzer/report/path_text.hpp"
#include "analyzer/report/suggestion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace winnow::client {
namespace {

std::string in_brackets(const std::string& place)
{
  return place.empty() ? "" : fmt::format(" ({})", report::name_text(place));
}

std::string undeclared_text(const std::string& kind, std::span<const CountedResource> declared)
{
  std::vector<std::string> names;
  for (const CountedResource& resource : declared) {
    names.push_back(resource.name);
  }
  const std::string meant = report::nearest(kind, names);
  return fmt::format("which is not declared; {}declare it in winnow.json under run.resources, or "
                     "with winnow_test_resources(CAPACITY {}=<count>)",
                     meant.empty() ? "" : fmt::format("did you mean {}? Else ", meant), kind);
}

} // namespace

Result<std::vector<CountedResource>> declared_resources(std::vector<CountedResource> in_settings,
                                                        std::span<const CountedResource> in_cmake)
{
  std::vector<CountedResource> declared = std::move(in_settings);
  for (const CountedResource& resource : in_cmake) {
    const auto known = std::ranges::find(declared, resource.name, &CountedResource::name);
    if (known == declared.end()) {
      declared.push_back(resource);
    } else if (known->capacity != resource.capacity) {
      return user_error(fmt::format("there are {} of the resource {} as {} has it, and {} as {} "
                                    "has it; let both say the same",
                                    known->capacity, resource.name,
                                    report::name_text(known->declared_at), resource.capacity,
                                    report::name_text(resource.declared_at)));
    }
  }
  std::ranges::sort(declared, {}, &CountedResource::name);
  return declared;
}

std::string test_at(const TestKey& test, const StatedResources& stated)
{
  return report::name_text(test.display()) + in_brackets(stated.stated_at);
}

Result<void> check_statement(const TestKey& test, const StatedResources& stated,
                             std::span<const CountedResource> declared)
{
  for (const ResourceCount& wanted : stated.pools) {
    const std::string who = fmt::format("{} asks for {} of the resource {}", test_at(test, stated),
                                        wanted.count, wanted.name);
    const auto known = std::ranges::find(declared, wanted.name, &CountedResource::name);
    if (known == declared.end()) {
      return user_error(fmt::format("{}, {}", who, undeclared_text(wanted.name, declared)));
    }
    if (const std::string why = misfit(*known, wanted.count); !why.empty()) {
      return user_error(
          fmt::format("{}, of which {}{}", who, why, in_brackets(known->declared_at)));
    }
  }
  return {};
}

} // namespace winnow::client
