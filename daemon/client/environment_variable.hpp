// Looking up variables in an environment that is handed about as "NAME=value" entries.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace winnow::client {

/// The value of the first entry of that name.
inline std::optional<std::string_view> variable_of(std::span<const std::string> environment,
                                                   std::string_view name)
{
  for (const std::string& entry : environment) {
    const std::string_view view = entry;
    if (view.starts_with(name) && view.substr(name.size()).starts_with('=')) {
      return view.substr(name.size() + 1);
    }
  }
  return std::nullopt;
}

} // namespace winnow::client
