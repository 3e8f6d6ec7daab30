// The message about a name that no test has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::client {

/// Says what may be meant, of the names that tests have (`directory/name`).
std::string unknown_test_text(std::string_view name, const std::vector<std::string>& known);

} // namespace winnow::client
