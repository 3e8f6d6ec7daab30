// What may stand in presets of tests, and in those of configuring as far as it matters to tests.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace winnow::client {

/// A group has no value but that it is there.
using PresetValue =
    std::variant<std::monostate, bool, std::int64_t, std::string, std::vector<std::string>>;

/// By path: "filter.include.name". An empty text or list is no member, as for CMake.
using PresetMembers = std::map<std::string, PresetValue, std::less<>>;

struct PresetMember {
  enum class Type {
    ignored, ///< CMake's own: of whatever type
    group,
    closed_group,  ///< nothing else may stand in it
    group_or_text, ///< the text has the path of the group
    flag,
    number,
    number_or_empty, ///< "" is a value of its own
    text,
    text_with_macros,
    texts,
    texts_with_macros,
    numbers ///< kept as texts
  };

  std::string_view path;
  Type type;
  /// Inherited only where the preset itself has nothing of that path; "" means the path itself.
  std::string_view unit;
  std::string_view words; ///< the only values of a text, separated by |
  int since = 0;          ///< the version of preset files that brought it
};

/// Groups come before what stands in them.
std::span<const PresetMember> test_preset_members();
std::span<const PresetMember> configure_preset_members();

/// Adds to `members` what `inherited` has and they do not.
void inherit_members(PresetMembers& members, const PresetMembers& inherited,
                     std::span<const PresetMember> table);

} // namespace winnow::client
