// One preset with its macros replaced.
#pragma once

#include "daemon/client/preset_files.hpp"

#include <span>
#include <string>
#include <string_view>

namespace winnow::client {

struct Preset {
  std::string name;
  std::string display_name;
  bool hidden = false;
  bool evaluated = true; ///< false where a vendor's macro stands: nothing below counts then
  bool enabled = true;   ///< what its condition says
  PresetEnvironment environment;
  PresetMembers members;

  /// "" for a member that is not there.
  [[nodiscard]] std::string text(std::string_view path) const;
};

/// What the macros of a preset are replaced by.
struct MacroSource {
  const PresetPlace& place;
  const PresetFile& file;                   ///< where the preset stands
  std::span<const std::string> environment; ///< "NAME=value"
  std::string generator;                    ///< of a preset that is not hidden
};

/// Variables first, then the condition, then the members. A user error names file, preset and
/// member.
Result<Preset> expand_preset(WrittenPreset preset, const MacroSource& source, std::string_view kind,
                             std::span<const PresetMember> table);

/// The text at a path, "" for none.
std::string text_of(const PresetMembers& members, std::string_view path);

} // namespace winnow::client
