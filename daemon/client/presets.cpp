// Reads the few parts of CMake preset files that say where a build tree lies.
#include "daemon/client/presets.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace winnow::client {
namespace {

namespace json = boost::json;

/// Configure presets by name, with the directory of the file each stands in.
struct Presets {
  struct Preset {
    json::object body;
    std::string file_dir;
  };

  std::map<std::string, Preset> by_name;
  std::set<std::string> read;
};

std::string text_member(const json::object& object, std::string_view name)
{
  const json::value* value = object.if_contains(name);
  const json::string* text = value != nullptr ? value->if_string() : nullptr;
  return text != nullptr ? std::string(*text) : std::string();
}

Result<void> read_presets(const std::filesystem::path& file, Presets& presets)
{
  if (!presets.read.insert(std::filesystem::weakly_canonical(file).string()).second) {
    return {};
  }
  std::ifstream stream(file);
  const std::string content{std::istreambuf_iterator<char>(stream), {}};
  if (!stream) {
    return user_error(fmt::format("cannot read the preset file {}", file.string()));
  }
  boost::system::error_code failure;
  const json::value document = json::parse(content, failure, {}, {.allow_comments = true});
  if (failure || !document.is_object()) {
    return user_error(fmt::format("{} is not a preset file: {}", file.string(),
                                  failure ? failure.message() : "not a JSON object"));
  }
  const json::object& root = document.get_object();
  if (const json::value* includes = root.if_contains("include"); includes && includes->is_array()) {
    for (const json::value& include : includes->get_array()) {
      if (include.is_string()) {
        const Result<void> read =
            read_presets(file.parent_path() / std::string(include.get_string()), presets);
        if (read.has_error()) {
          return read.error();
        }
      }
    }
  }
  if (const json::value* list = root.if_contains("configurePresets"); list && list->is_array()) {
    for (const json::value& preset : list->get_array()) {
      if (preset.is_object()) {
        presets.by_name.insert_or_assign(
            text_member(preset.get_object(), "name"),
            Presets::Preset{preset.get_object(), file.parent_path().string()});
      }
    }
  }
  return {};
}

/// The preset's own or first inherited binaryDir, and the directory of the file it stands in.
std::pair<std::string, std::string> find_binary_dir(const Presets& presets, const std::string& name,
                                                    int depth)
{
  const auto found = presets.by_name.find(name);
  if (found == presets.by_name.end() || depth > 32) {
    return {};
  }
  const json::object& body = found->second.body;
  if (std::string own = text_member(body, "binaryDir"); !own.empty()) {
    return {std::move(own), found->second.file_dir};
  }
  const json::value* inherits = body.if_contains("inherits");
  if (inherits == nullptr) {
    return {};
  }
  const json::array parents = inherits->is_array() ? inherits->get_array() : json::array{*inherits};
  for (const json::value& parent : parents) {
    if (parent.is_string()) {
      auto inherited = find_binary_dir(presets, std::string(parent.get_string()), depth + 1);
      if (!inherited.first.empty()) {
        return inherited;
      }
    }
  }
  return {};
}

void replace_all(std::string& text, std::string_view macro, std::string_view value)
{
  for (std::size_t at = text.find(macro); at != std::string::npos;
       at = text.find(macro, at + value.size())) {
    text.replace(at, macro.size(), value);
  }
}

void replace_environment(std::string& text, std::string_view prefix)
{
  for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) {
    const std::size_t end = text.find('}', at);
    if (end == std::string::npos) {
      return;
    }
    const std::string name = text.substr(at + prefix.size(), end - at - prefix.size());
    const char* value = std::getenv(name.c_str());
    text.replace(at, end - at + 1, value != nullptr ? value : "");
  }
}

} // namespace

Result<std::string> preset_build_directory(const std::string& source_dir, const std::string& name)
{
  const std::filesystem::path source(source_dir);
  Presets presets;
  for (const char* file : {"CMakePresets.json", "CMakeUserPresets.json"}) {
    if (std::filesystem::exists(source / file)) {
      const Result<void> read = read_presets(source / file, presets);
      if (read.has_error()) {
        return read.error();
      }
    }
  }
  if (!presets.by_name.contains(name)) {
    return user_error(fmt::format("no configure preset is named {} in {}", name, source_dir));
  }
  auto [directory, file_dir] = find_binary_dir(presets, name, 0);
  if (directory.empty()) {
    return user_error(fmt::format("the preset {} names no binaryDir; use -B DIR", name));
  }
  replace_all(directory, "${sourceDir}", source_dir);
  replace_all(directory, "${sourceParentDir}", source.parent_path().string());
  replace_all(directory, "${sourceDirName}", source.filename().string());
  replace_all(directory, "${presetName}", name);
  replace_all(directory, "${fileDir}", file_dir);
  replace_all(directory, "${hostSystemName}", "Linux");
  replace_all(directory, "${dollar}", "$");
  replace_environment(directory, "$env{");
  replace_environment(directory, "$penv{");
  return (source / directory).lexically_normal().string();
}

} // namespace winnow::client
