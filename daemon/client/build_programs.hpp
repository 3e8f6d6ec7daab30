// The programs and shared libraries that lie in a build tree.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace winnow::client {

/// Absolute paths of the executable files below the build tree, sorted, without what CMake and
/// CTest keep for themselves. Nothing where there is too much to look through, or it cannot be
/// read.
std::optional<std::vector<std::string>> build_programs(const std::string& build_dir);

} // namespace winnow::client
