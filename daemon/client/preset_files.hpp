// Preset files with everything they include.
#pragma once

#include "analyzer/model/error.hpp"
#include "daemon/client/preset_document.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::client {

/// Where presets are looked for.
struct PresetPlace {
  std::string source_dir; ///< absolute
  /// --presets-file; "" means CMakeUserPresets.json and CMakePresets.json of the source directory.
  std::string file;
};

struct PresetFile {
  std::string path;
  int version = 0;
  /// Indices of the files whose presets this one's may name: itself and what it includes.
  std::set<std::size_t> reachable;
};

/// A preset and the file it stands in.
struct PlacedPreset {
  WrittenPreset written;
  std::size_t file = 0;
};

/// In the order in which lists have them: a file's own before those of files that it includes.
struct PresetFiles {
  std::vector<PresetFile> files;
  std::vector<PlacedPreset> configure;
  std::vector<PlacedPreset> test;
};

/// What a macro stands for that every preset of a file has the same: ${sourceDir} and so on, and
/// $penv{}. Nothing for other macros.
std::optional<Expansion> macro_of_file(const PresetPlace& place, int version,
                                       std::span<const std::string> environment,
                                       std::string_view space, std::string_view name);

/// Reads the files. `environment` is for $penv{} in `include`. User errors name the file.
Result<PresetFiles> read_preset_files(const PresetPlace& place,
                                      std::span<const std::string> environment);

} // namespace winnow::client
