// How CMake reads lists and truth values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// The elements of a list: separated by `;` outside of square brackets, `\;` being a semicolon;
/// empty elements do not count.
std::vector<std::string> expand_list(std::string_view list);

/// Whether a value is one of ON, YES, TRUE, Y and 1, in any case.
bool is_on(std::string_view value);

/// Whether a value is one of OFF, NO, FALSE, N, IGNORE, NOTFOUND, 0, "", or ends in -NOTFOUND.
bool is_off(std::string_view value);

} // namespace winnow::ingest
