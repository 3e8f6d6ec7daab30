// How a step of a CI system sets a variable for what comes after it.
#pragma once

#include "analyzer/model/error.hpp"

#include <string>
#include <string_view>

namespace winnow::report {

/// Whether jobs that depend on this one see the variable, too.
enum class Reach { steps, jobs };

/// A user error for what is no name of a variable everywhere: letters, digits and underscores.
Result<void> check_variable_name(std::string_view name);

/// Text of a line for Azure's agent, which takes some characters for escapes.
std::string azure_text(std::string_view value);

/// A line for standard output, by which Azure's agent sets it.
std::string azure_variable(std::string_view name, std::string_view value, Reach reach);

/// A line for a file of NAME=value: GitHub's $GITHUB_OUTPUT, a dotenv report of GitLab. The value
/// has one line.
std::string variable_line(std::string_view name, std::string_view value);

} // namespace winnow::report
