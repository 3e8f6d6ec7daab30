// The presets of a source directory, with all they inherit and all macros replaced.
#pragma once

#include "analyzer/model/error.hpp"
#include "daemon/client/preset_expansion.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::client {

/// In the order in which they are listed.
struct Presets {
  std::vector<Preset> configure;
  std::vector<Preset> test;
};

/// Null if none has that name.
const Preset* find_preset(std::span<const Preset> presets, std::string_view name);

/// All presets for configuring and for tests; one that is wrong is an error for all, as for CMake.
/// `environment` holds "NAME=value", for $env{} and $penv{}. Format: cmake-presets(7).
///
/// A test preset also has the environment of its configure preset, unless it says
/// inheritConfigureEnvironment: false. User errors name file, preset and member.
Result<Presets> read_presets(const PresetPlace& place, std::span<const std::string> environment);

/// The binaryDir of a configure preset, absolute; "" if it has none.
std::string build_directory_of(const Preset& configure, const PresetPlace& place);

/// The binaryDir of the configure preset `name` of CMakePresets.json and CMakeUserPresets.json in
/// `source_dir`.
Result<std::string> preset_build_directory(const std::string& source_dir, const std::string& name);

} // namespace winnow::client
