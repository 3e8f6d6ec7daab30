// Kinds in the order in which they are declared.
#include "daemon/execute/granted_variables.hpp"

#include "daemon/execute/environment.hpp"

#include <fmt/format.h>
#include <system_error>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace winnow::execute {

std::vector<std::string> counted_variables(std::span<const CountedResource> resources,
                                           const StatedResources& stated)
{
  std::vector<std::string> variables;
  if (stated.pools.empty()) {
    return variables;
  }
  for (const CountedResource& resource : resources) {
    const auto taken = std::ranges::find(stated.pools, resource.name, &ResourceCount::name);
    if (taken != stated.pools.end()) {
      for (std::string& assignment : told_environment(resource, taken->count)) {
        variables.push_back(std::move(assignment));
      }
    }
  }
  return variables;
}

std::string thread_variable(const std::vector<std::string>& surroundings, std::uint32_t cpus)
{
  constexpr std::string_view name = "OMP_NUM_THREADS";
  const std::string_view wanted = value_in(surroundings, name);
  std::uint32_t threads = 0;
  const auto parsed = std::from_chars(wanted.data(), wanted.data() + wanted.size(), threads);
  const std::string_view rest = wanted.substr(static_cast<std::size_t>(parsed.ptr - wanted.data()));
  if (parsed.ec != std::errc() || threads == 0 || !(rest.empty() || rest.front() == ',')) {
    return fmt::format("{}={}", name, cpus);
  }
  return fmt::format("{}={}{}", name, std::min(threads, cpus), rest);
}

} // namespace winnow::execute
