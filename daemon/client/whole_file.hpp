// Writing a file so that readers see either the old one or all of the new one.
#pragma once

#include <string>
#include <string_view>

namespace winnow::client {

/// Writes beside `path` and renames; makes its directory. "", or what went wrong.
std::string write_whole_file(const std::string& path, std::string_view bytes);

} // namespace winnow::client
