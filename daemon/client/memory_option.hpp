// --memory: a size, or a share of what the machine has.
#pragma once

#include "analyzer/model/budget.hpp"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace winnow::client {

/// Says what is wrong with a text that is neither; "" if nothing is. For CLI::Option::check().
std::string is_memory_budget(const std::string& text);

void add_memory_option(CLI::App& verb, std::optional<Budget>& memory, const std::string& what);

} // namespace winnow::client
