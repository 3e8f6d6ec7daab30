// Reads the size.
#include "daemon/client/memory_option.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

namespace winnow::client {

std::string is_memory_budget(const std::string& text)
{
  return memory_budget_in(text) ? std::string()
                                : fmt::format("'{}' is no size above 0, such as 8GiB or 50%", text);
}

void add_memory_option(CLI::App& verb, std::optional<Budget>& memory, const std::string& what)
{
  verb.add_option_function<std::string>(
          "--memory", [&memory](const std::string& text) { memory = memory_budget_in(text); }, what)
      ->type_name("SIZE")
      ->check(is_memory_budget);
}

} // namespace winnow::client
