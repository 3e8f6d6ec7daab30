// Finds what a test needs before it can be started.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/test_description.hpp"

#include <string>
#include <string_view>

namespace winnow::execute {

/// Why the test cannot be started as its properties stand: a missing working directory or required
/// file, no command.
Result<void> check_requirements(const TestDescription& test, const std::string& directory);

/// The path of the program as ctest finds it: as given, relative to `directory`; a bare name that
/// is no file there along `search_path`.
Result<std::string> find_program(const std::string& name, const std::string& directory,
                                 std::string_view search_path);

} // namespace winnow::execute
