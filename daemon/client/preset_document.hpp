// One preset file as it is written: nothing inherited, no macro replaced, no other file read.
#pragma once

#include "analyzer/model/error.hpp"
#include "daemon/client/preset_condition.hpp"
#include "daemon/client/preset_members.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::client {

/// Nothing for a variable that shall not be inherited.
using PresetEnvironment = std::map<std::string, std::optional<std::string>>;

struct WrittenPreset {
  std::string name; ///< never ""
  std::string display_name;
  bool hidden = false;
  std::vector<std::string> inherits;
  std::optional<PresetCondition> condition;
  PresetEnvironment environment;
  PresetMembers members;
};

struct PresetDocument {
  int version = 0;
  std::vector<std::string> include;
  std::vector<WrittenPreset> configure;
  std::vector<WrittenPreset> test;
};

/// The versions that are understood.
constexpr int oldest_preset_version = 1;
constexpr int newest_preset_version = 12;

/// Format: cmake-presets(7). Presets for building, packages and workflows are not looked at, nor is
/// what configure presets say about configuring itself. `path` is the file's.
///
/// Errors are the user's, begin with `path`, line and column, and name member and preset.
Result<PresetDocument> preset_document_from_json(std::string_view text, const std::string& path);

} // namespace winnow::client
