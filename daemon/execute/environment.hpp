// Puts together the environment a test starts with.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/test_description.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace winnow::execute {

/// `surroundings`, then `ours`, then the test's ENVIRONMENT, then its ENVIRONMENT_MODIFICATION, as
/// "NAME=value". `ours` is weaker than what the test states. An unknown operation is a user error.
Result<std::vector<std::string>> test_environment(const std::vector<std::string>& surroundings,
                                                  const std::vector<std::string>& ours,
                                                  const TestProperties& properties);

/// The value of a variable, "" if it is not there.
std::string_view value_in(const std::vector<std::string>& environment, std::string_view name);

} // namespace winnow::execute
