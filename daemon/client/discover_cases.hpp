// Asks programs for their test cases, as ctest does before it lists tests.
#pragma once

#include <string>
#include <vector>

namespace winnow::client {

/// Lets CMake evaluate these files (TestListing::undiscovered), by which it runs the programs that
/// are younger than the list of their cases and writes that list. What fails is said on standard
/// error and stays undiscovered, which must not keep anything else from being listed.
void discover_cases(const std::string& cmake_command, const std::string& configuration,
                    const std::vector<std::string>& files);

} // namespace winnow::client
