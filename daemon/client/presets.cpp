// Inherits first, as CMake does, then replaces macros.
#include "daemon/client/presets.hpp"

#include "daemon/client/preset_inheritance.hpp"
#include "daemon/client/user_daemon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

bool inherits_configure_environment(const WrittenPreset& test)
{
  const auto found = test.members.find("inheritConfigureEnvironment");
  return found == test.members.end() || std::get<bool>(found->second);
}

/// From inherited to expanded presets.
class Evaluation {
 public:
  Evaluation(PresetFiles& files, const PresetPlace& place, std::span<const std::string> environment)
      : files_(files), place_(place), environment_(environment)
  {}

  Result<Presets> evaluate()
  {
    Presets presets;
    for (const PlacedPreset& preset : files_.configure) {
      const auto expanded = configure(preset);
      if (!expanded) {
        return expanded.error();
      }
      presets.configure.push_back(*expanded);
    }
    for (PlacedPreset& preset : files_.test) {
      const auto expanded = test(preset);
      if (!expanded) {
        return expanded.error();
      }
      presets.test.push_back(*expanded);
    }
    return presets;
  }

 private:
  [[nodiscard]] Error fault(const PlacedPreset& preset, std::string_view kind,
                            const std::string& what) const
  {
    return user_error(fmt::format("{}: the {} preset \"{}\" {}", files_.files[preset.file].path,
                                  kind, preset.written.name, what));
  }

  Result<Preset> configure(const PlacedPreset& preset)
  {
    const PresetFile& file = files_.files[preset.file];
    const std::string generator = text_of(preset.written.members, "generator");
    for (const char* const member : {"generator", "binaryDir"}) {
      if (!preset.written.hidden && file.version < 3 &&
          text_of(preset.written.members, member).empty()) {
        return fault(preset, "configure",
                     fmt::format("needs a {}, as the file says version {}", member, file.version));
      }
    }
    const MacroSource source{place_, file, environment_, generator};
    return expand_preset(preset.written, source, "configure", configure_preset_members());
  }

  Result<Preset> test(PlacedPreset& preset)
  {
    std::string generator;
    if (!preset.written.hidden) {
      const std::string name = text_of(preset.written.members, "configurePreset");
      if (name.empty()) {
        return fault(preset, "test", "needs a configurePreset, or hidden: true");
      }
      const auto found = std::ranges::find_if(
          files_.configure, [&](const PlacedPreset& other) { return other.written.name == name; });
      if (found == files_.configure.end()) {
        return fault(preset, "test",
                     fmt::format("has the configurePreset \"{}\", which is nowhere", name));
      }
      const auto& reachable = files_.files[preset.file].reachable;
      if (!reachable.contains(found->file)) {
        return fault(preset, "test",
                     fmt::format("has the configurePreset \"{}\" of {}, which its file does not "
                                 "include",
                                 name, files_.files[found->file].path));
      }
      generator = text_of(found->written.members, "generator");
      if (inherits_configure_environment(preset.written)) {
        preset.written.environment.insert(found->written.environment.begin(),
                                          found->written.environment.end());
      }
    }
    const MacroSource source{place_, files_.files[preset.file], environment_, generator};
    return expand_preset(preset.written, source, "test", test_preset_members());
  }

  PresetFiles& files_;
  const PresetPlace& place_;
  std::span<const std::string> environment_;
};

} // namespace

const Preset* find_preset(std::span<const Preset> presets, std::string_view name)
{
  const auto found = std::ranges::find(presets, name, &Preset::name);
  return found == presets.end() ? nullptr : &*found;
}

Result<Presets> read_presets(const PresetPlace& place, std::span<const std::string> environment)
{
  Result<PresetFiles> files = read_preset_files(place, environment);
  if (!files) {
    return files.error();
  }
  if (const auto inherited =
          inherit_presets(files->files, files->configure, "configure", configure_preset_members());
      !inherited) {
    return inherited.error();
  }
  if (const auto inherited =
          inherit_presets(files->files, files->test, "test", test_preset_members());
      !inherited) {
    return inherited.error();
  }
  return Evaluation(*files, place, environment).evaluate();
}

std::string build_directory_of(const Preset& configure, const PresetPlace& place)
{
  const std::string directory = configure.text("binaryDir");
  if (directory.empty()) {
    return {};
  }
  std::string path = (fs::path(place.source_dir) / directory).lexically_normal().string();
  if (path.size() > 1 && path.ends_with('/')) {
    path.pop_back();
  }
  return path;
}

Result<std::string> preset_build_directory(const std::string& source_dir, const std::string& name)
{
  const PresetPlace place{source_dir, ""};
  const Result<Presets> presets = read_presets(place, own_environment());
  if (!presets) {
    return presets.error();
  }
  const Preset* preset = find_preset(presets->configure, name);
  if (preset == nullptr) {
    return user_error(fmt::format("no configure preset is named {} in {}", name, source_dir));
  }
  if (!preset->evaluated) {
    return user_error(fmt::format("the preset {} has a macro of a vendor; use -B DIR", name));
  }
  std::string directory = build_directory_of(*preset, place);
  if (directory.empty()) {
    return user_error(fmt::format("the preset {} names no binaryDir; use -B DIR", name));
  }
  return directory;
}

} // namespace winnow::client
