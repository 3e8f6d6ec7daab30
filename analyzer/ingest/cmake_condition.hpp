// The value of an if() condition, as far as CTest files need it.
#pragma once

#include "analyzer/ingest/cmake_variables.hpp"

#include <optional>
#include <vector>

namespace winnow::ingest {

/// Knows parentheses, NOT, AND, OR, EXISTS, IS_DIRECTORY, DEFINED, IS_NEWER_THAN, MATCHES,
/// STREQUAL, constants and variables. Nothing for a condition that holds anything else, asks for a
/// relative path, goes by a variable that is not known, or is not the same for all versions of
/// CMake where no policy is set.
std::optional<bool> evaluate_condition(const std::vector<EvaluatedArgument>& arguments,
                                       const CMakeVariables& variables);

} // namespace winnow::ingest
