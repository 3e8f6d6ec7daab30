// Where ctest looks for the program of a test.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::client {

/// The places ctest 3.25 names when it does not find `program`, each twice: with and without the
/// (here empty) suffix of executables. `configuration` is that of -C, "" for none.
std::vector<std::string> ctest_places_searched(std::string_view program,
                                               const std::string& configuration);

/// The absolute path of `program`, nothing if it is nowhere: relative places are below `directory`;
/// a bare name that is in none of them is looked for along `search_path`.
std::optional<std::string> ctest_program(std::string_view program, const std::string& configuration,
                                         const std::string& directory,
                                         std::string_view search_path);

} // namespace winnow::client
