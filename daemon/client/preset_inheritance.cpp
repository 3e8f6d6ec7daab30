// Depth first: a preset takes over what its parents have taken over.
#include "daemon/client/preset_inheritance.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <map>
#include <string>

namespace winnow::client {
namespace {

constexpr int deepest_inheritance = 1000;

/// Hands everything down from preset to preset.
class Inheritance {
 public:
  Inheritance(std::span<const PresetFile> files, std::vector<PlacedPreset>& presets,
              std::string_view kind, std::span<const PresetMember> table)
      : files_(files), presets_(presets), kind_(kind), table_(table), states_(presets.size())
  {
    for (std::size_t i = 0; i < presets.size(); ++i) {
      by_name_.emplace(presets[i].written.name, i);
    }
  }

  Result<void> hand_down()
  {
    for (std::size_t i = 0; i < presets_.size(); ++i) {
      if (const auto done = visit(i); !done) {
        return done;
      }
    }
    return {};
  }

 private:
  enum class State { untouched, open, done };

  [[nodiscard]] Error fault(const PlacedPreset& preset, const std::string& what) const
  {
    return user_error(fmt::format("{}: the {} preset \"{}\" {}", files_[preset.file].path, kind_,
                                  preset.written.name, what));
  }

  Result<void> visit(std::size_t index)
  {
    PlacedPreset& preset = presets_[index];
    if (states_[index] == State::done) {
      return {};
    }
    if (states_[index] == State::open) {
      return fault(preset, "inherits itself, by way of what it inherits");
    }
    if (++depth_ > deepest_inheritance) {
      return fault(preset, "is inherited through too many others");
    }
    states_[index] = State::open;
    for (const std::string& name : preset.written.inherits) {
      const auto found = by_name_.find(name);
      if (found == by_name_.end()) {
        return fault(preset, fmt::format("inherits \"{}\", which is nowhere", name));
      }
      const PlacedPreset& parent = presets_[found->second];
      if (!files_[preset.file].reachable.contains(parent.file)) {
        return fault(preset, fmt::format("inherits \"{}\" of {}, which its file does not include",
                                         name, files_[parent.file].path));
      }
      if (const auto done = visit(found->second); !done) {
        return done;
      }
      inherit(preset.written, parent.written);
    }
    if (preset.written.condition && preset.written.condition->type == PresetCondition::Type::null) {
      preset.written.condition.reset();
    }
    states_[index] = State::done;
    --depth_;
    return {};
  }

  void inherit(WrittenPreset& preset, const WrittenPreset& parent)
  {
    inherit_members(preset.members, parent.members, table_);
    preset.environment.insert(parent.environment.begin(), parent.environment.end());
    if (!preset.condition) {
      preset.condition = parent.condition;
    }
  }

  std::span<const PresetFile> files_;
  std::vector<PlacedPreset>& presets_;
  std::string_view kind_;
  std::span<const PresetMember> table_;
  std::vector<State> states_;
  int depth_ = 0;
  std::map<std::string_view, std::size_t> by_name_;
};

} // namespace

Result<void> inherit_presets(std::span<const PresetFile> files, std::vector<PlacedPreset>& presets,
                             std::string_view kind, std::span<const PresetMember> table)
{
  return Inheritance(files, presets, kind, table).hand_down();
}

} // namespace winnow::client
