// Variables that a step leaves to those after it, where a CI system reads them from a file.
#pragma once

#include "analyzer/model/error.hpp"

#include <string>

namespace winnow::client {

/// The file, in the current directory, that GitLab is to be told of as a dotenv report.
inline constexpr const char* gitlab_variables = "winnow.env";

/// Appends to the file that $GITHUB_OUTPUT names. A user error outside of GitHub Actions, an
/// environment error where it cannot be written.
Result<void> set_github_output(const std::string& name, const std::string& value);

/// Appends to `gitlab_variables`.
Result<void> set_gitlab_variable(const std::string& name, const std::string& value);

} // namespace winnow::client
