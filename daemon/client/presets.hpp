// Where a configure preset puts its build tree.
#pragma once

#include "analyzer/model/error.hpp"

#include <string>

namespace winnow::client {

/// The binaryDir of the configure preset `name` of CMakePresets.json and CMakeUserPresets.json in
/// `source_dir`, inherited ones and `include`d files followed, macros of the source directory,
/// preset name and environment replaced. Format: cmake-presets(7).
Result<std::string> preset_build_directory(const std::string& source_dir, const std::string& name);

} // namespace winnow::client
