// What presets take over from others.
#pragma once

#include "daemon/client/preset_files.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace winnow::client {

/// Gives each of the `presets`, which are of one `kind`, what it inherits: members, variables and
/// condition that it has not itself, of the first that has them. User errors name file and preset.
Result<void> inherit_presets(std::span<const PresetFile> files, std::vector<PlacedPreset>& presets,
                             std::string_view kind, std::span<const PresetMember> table);

} // namespace winnow::client
