// A variable is replaced when the first macro or the turn of it asks for it.
#include "daemon/client/preset_expansion.hpp"

#include "daemon/client/preset_macros.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <utility>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

using Outcome = Expansion::Outcome;

constexpr int deepest_variable = 1000;

/// Replaces the macros of one preset.
class PresetExpansion {
 public:
  PresetExpansion(WrittenPreset preset, const MacroSource& source)
      : preset_(std::move(preset)), source_(source)
  {}

  Result<Preset> expand(std::string_view kind, std::span<const PresetMember> table)
  {
    Preset result{preset_.name, preset_.display_name, preset_.hidden, true, true, {}, {}};
    for (auto& [name, value] : preset_.environment) {
      if (value) {
        note("environment." + name, expand_variable(name));
      }
    }
    if (preset_.condition) {
      const Judgement judgement = judge(*preset_.condition, lookup());
      note("condition", {judgement.outcome, judgement.fault});
      result.enabled = judgement.holds;
    }
    for (const PresetMember& row : table) {
      if (const auto found = preset_.members.find(row.path); found != preset_.members.end()) {
        expand_member(row, found->second);
      }
    }
    if (fault_) {
      return user_error(fmt::format("{}: {} of the {} preset \"{}\": {}", source_.file.path, place_,
                                    kind, preset_.name, *fault_));
    }
    result.evaluated = !vendor_;
    result.environment = std::move(preset_.environment);
    result.members = std::move(preset_.members);
    return result;
  }

 private:
  enum class State { untouched, open, done };

  /// Nothing after the first vendor's macro is looked at, as CMake has it.
  void note(const std::string& place, const Expansion& expansion)
  {
    if (expansion.outcome == Outcome::wrong && !fault_ && !vendor_) {
      place_ = place;
      fault_ = expansion.text;
    }
    vendor_ = vendor_ || (expansion.outcome == Outcome::vendor && !fault_);
  }

  [[nodiscard]] MacroLookup lookup()
  {
    return [this](std::string_view space, std::string_view name) { return value_of(space, name); };
  }

  Expansion value_of(std::string_view space, std::string_view name)
  {
    if (name.empty() && !space.empty()) {
      return wrong_macro(fmt::format("${}{{}} names no variable", space));
    }
    if (space == "env") {
      const auto own = preset_.environment.find(std::string(name));
      return own != preset_.environment.end() && own->second ? expand_variable(own->first)
                                                             : value_of("penv", name);
    }
    if (space.empty() && name == "presetName") {
      return {Outcome::replaced, preset_.name};
    }
    if (space.empty() && name == "generator") {
      return {Outcome::replaced, preset_.hidden ? "" : source_.generator};
    }
    const int version = source_.file.version;
    if (space.empty() && name == "fileDir" && version >= 4) {
      return {Outcome::replaced, fs::path(source_.file.path).parent_path().string()};
    }
    const auto value = macro_of_file(source_.place, version, source_.environment, space, name);
    if (!value && space.empty() && name == "fileDir") {
      return wrong_macro(
          fmt::format("${{fileDir}} needs version 4 of preset files; this file says {}", version));
    }
    return value.value_or(wrong_macro(fmt::format("there is no macro ${{{}}}", name)));
  }

  /// Replaces the macros of a variable's value in place.
  Expansion expand_variable(const std::string& name)
  {
    State& state = states_[name];
    std::string& value = *preset_.environment.at(name);
    if (state == State::open) {
      return wrong_macro(fmt::format("the value of {} needs itself", name));
    }
    if (state == State::untouched) {
      state = State::open;
      if (++depth_ > deepest_variable) {
        return wrong_macro(fmt::format("the value of {} needs too many others", name));
      }
      Expansion replaced = replace_macros(value, lookup());
      --depth_;
      if (!replaced.replaced()) {
        return replaced;
      }
      value = std::move(replaced.text);
      state = State::done;
    }
    return {Outcome::replaced, value};
  }

  void expand_member(const PresetMember& row, PresetValue& value)
  {
    using Type = PresetMember::Type;
    const auto replace = [&](std::string& text) {
      Expansion replaced = replace_macros(text, lookup());
      note(std::string(row.path), replaced);
      text = std::move(replaced.text);
    };
    if (row.type == Type::texts_with_macros) {
      std::ranges::for_each(std::get<std::vector<std::string>>(value), replace);
    } else if (row.type == Type::text_with_macros ||
               (row.type == Type::group_or_text && std::holds_alternative<std::string>(value))) {
      replace(std::get<std::string>(value));
    }
  }

  WrittenPreset preset_;
  const MacroSource& source_;
  std::map<std::string, State> states_;
  int depth_ = 0;
  bool vendor_ = false;
  std::optional<std::string> fault_;
  std::string place_;
};

} // namespace

std::string Preset::text(std::string_view path) const
{
  return text_of(members, path);
}

Result<Preset> expand_preset(WrittenPreset preset, const MacroSource& source, std::string_view kind,
                             std::span<const PresetMember> table)
{
  return PresetExpansion(std::move(preset), source).expand(kind, table);
}

std::string text_of(const PresetMembers& members, std::string_view path)
{
  const auto found = members.find(path);
  const auto* text = found == members.end() ? nullptr : std::get_if<std::string>(&found->second);
  return text == nullptr ? std::string() : *text;
}

} // namespace winnow::client
