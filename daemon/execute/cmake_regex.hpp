// Translates CMake's dialect of regular expressions to RE2's.
#pragma once

#include "analyzer/model/error.hpp"

#include <string>
#include <string_view>

namespace winnow::execute {

/// An equivalent pattern for RE2 with Latin-1 encoding, that is for bytes. Against what is usual,
/// in CMake's dialect braces and \d are literal, `.` crosses lines, `^` and `$` stand for the very
/// start and end of the text, `]` or `-` first in a class is literal, and a backslash in a class
/// too. A user error says why CMake would not compile it.
Result<std::string> re2_pattern(std::string_view cmake_pattern);

} // namespace winnow::execute
