// Every member has its type, or the first fault is named with its place.
#include "daemon/client/preset_document.hpp"

#include "analyzer/report/json_places.hpp"
#include "analyzer/report/suggestion.hpp"
#include "daemon/client/preset_condition_reader.hpp"
#include "daemon/client/preset_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <initializer_list>
#include <utility>

namespace winnow::client {
namespace {

namespace json = boost::json;

using Type = PresetMember::Type;

bool has_macros(Type type)
{
  return type == Type::text_with_macros || type == Type::texts_with_macros;
}

/// The value at a path as in "filter.include.name".
const json::value* member_at(const json::object& preset, std::string_view path)
{
  const json::object* group = &preset;
  for (;;) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    const json::value* value = group->if_contains(path.substr(0, dot));
    if (dot == path.size() || value == nullptr || !value->is_object()) {
      return dot == path.size() ? value : nullptr;
    }
    group = &value->get_object();
    path.remove_prefix(dot + 1);
  }
}

class DocumentReader {
 public:
  DocumentReader(PresetJson& json, std::string directory)
      : json_(json), directory_(std::move(directory))
  {}

  PresetDocument read(const json::value& root)
  {
    const json::object* members = json_.object(root, "");
    if (members == nullptr || !read_version(*members)) {
      return {};
    }
    known_only(*members, "",
               {"version", "cmakeMinimumRequired", "include", "vendor", "configurePresets",
                "buildPresets", "testPresets", "packagePresets", "workflowPresets"});
    if (const json::value* include = since(*members, "include", 4)) {
      document_.include = json_.texts(*include, "include");
    }
    document_.configure = presets(*members, "configure", configure_preset_members());
    if (since(*members, "testPresets", 2) != nullptr) {
      document_.test = presets(*members, "test", test_preset_members());
    }
    return std::move(document_);
  }

 private:
  bool read_version(const json::object& root)
  {
    const json::value* version = root.if_contains("version");
    if (version == nullptr) {
      json_.fail("", "needs a version");
      return false;
    }
    const auto number = json_.number(*version, "version");
    if (number < oldest_preset_version || number > newest_preset_version) {
      json_.fail("version", fmt::format("is {}; known are {} to {}", number, oldest_preset_version,
                                        newest_preset_version));
      return false;
    }
    document_.version = static_cast<int>(number);
    return !json_.fault();
  }

  /// The member, which files of older versions must not have.
  const json::value* since(const json::object& object, const std::string& path, int version)
  {
    const json::value* value = object.if_contains(path);
    if (value != nullptr && document_.version < version) {
      json_.fail(path, fmt::format("needs version {} of preset files; this file says {}", version,
                                   document_.version));
    }
    return json_.fault() ? nullptr : value;
  }

  void known_only(const json::object& object, const std::string& path,
                  std::vector<std::string> words)
  {
    if (document_.version >= 8 && path.empty()) {
      words.emplace_back("$schema");
    }
    if (document_.version >= 10) {
      words.emplace_back("$comment");
    }
    for (const auto& member : object) {
      const std::string name(member.key());
      if (std::ranges::find(words, name) == words.end()) {
        const std::string meant = report::nearest(name, words);
        json_.fail_at_key(path.empty() ? name : path + "." + name,
                          meant.empty() ? "is not known here"
                                        : fmt::format("is not known; did you mean {}?", meant));
      }
    }
  }

  std::vector<WrittenPreset> presets(const json::object& root, const std::string& kind,
                                     std::span<const PresetMember> table)
  {
    std::vector<WrittenPreset> found;
    const std::string list = kind + "Presets";
    const json::value* value = root.if_contains(list);
    const json::array* elements = value == nullptr ? nullptr : json_.array(*value, list);
    for (std::size_t i = 0; elements != nullptr && i < elements->size(); ++i) {
      const std::string path = fmt::format("{}[{}]", list, i);
      if (const json::object* preset = json_.object((*elements)[i], path)) {
        found.push_back(read_preset(*preset, path, kind, table));
      }
    }
    return found;
  }

  WrittenPreset read_preset(const json::object& object, const std::string& path,
                            const std::string& kind, std::span<const PresetMember> table)
  {
    WrittenPreset preset;
    const auto read = [&](const char* name, const auto& use) {
      if (const json::value* value = object.if_contains(name)) {
        use(*value, path + "." + name);
      }
    };
    read("name", [&](const auto& value, const auto& at) { preset.name = json_.text(value, at); });
    if (preset.name.empty()) {
      json_.fail(path, "needs a name");
    }
    json_.enter_preset(path, fmt::format("the {} preset \"{}\"", kind, preset.name));
    known_only(object, path, names_in("", table));
    read("displayName",
         [&](const auto& value, const auto& at) { preset.display_name = json_.text(value, at); });
    read("description", [&](const auto& value, const auto& at) { json_.text(value, at); });
    read("vendor", [&](const auto& value, const auto& at) { json_.object(value, at); });
    read("hidden",
         [&](const auto& value, const auto& at) { preset.hidden = json_.flag(value, at); });
    read("inherits", [&](const auto& value, const auto& at) {
      preset.inherits =
          value.is_string() ? std::vector{json_.text(value, at)} : json_.texts(value, at);
    });
    read("environment",
         [&](const auto& value, const auto& at) { read_environment(value, at, preset); });
    read("condition", [&](const auto& value, const auto& at) {
      if (document_.version < 3) {
        json_.fail(at, fmt::format("needs version 3 of preset files; this file says {}",
                                   document_.version));
      }
      preset.condition = read_preset_condition(json_, value, at);
    });
    for (const PresetMember& row : table) {
      if (const json::value* value = member_at(object, row.path)) {
        read_member(*value, path, row, preset.members);
      }
    }
    if (preset.members.contains("execution.repeat") &&
        !(preset.members.contains("execution.repeat.mode") &&
          preset.members.contains("execution.repeat.count"))) {
      json_.fail(path + ".execution.repeat", "needs mode and count");
    }
    for (const PresetMember& row : table) {
      const json::value* group =
          row.type == Type::closed_group ? member_at(object, row.path) : nullptr;
      if (group != nullptr && group->is_object()) {
        known_only(group->get_object(), path + "." + std::string(row.path),
                   names_in(row.path, table));
      }
    }
    json_.leave_preset();
    return preset;
  }

  /// What may stand in a group; "" is the preset itself.
  static std::vector<std::string> names_in(std::string_view group,
                                           std::span<const PresetMember> table)
  {
    std::vector<std::string> names;
    if (group.empty()) {
      names = {"name",        "hidden",      "inherits",    "condition",
               "displayName", "description", "environment", "vendor"};
    }
    for (const PresetMember& row : table) {
      const std::size_t dot = row.path.rfind('.');
      if (group == (dot == std::string_view::npos ? "" : row.path.substr(0, dot))) {
        names.emplace_back(row.path.substr(dot + 1)); // npos + 1 is 0
      }
    }
    return names;
  }

  void read_environment(const json::value& value, const std::string& path, WrittenPreset& preset)
  {
    const json::object* variables = json_.object(value, path);
    if (variables == nullptr) {
      return;
    }
    for (const auto& variable : *variables) {
      const std::string name(variable.key());
      const std::string place = path + "." + name;
      if (name.empty() || name.find_first_of(std::string_view("=\0", 2)) != std::string::npos) {
        json_.fail_at_key(place, "is no name of a variable");
      } else if (variable.value().is_null()) {
        preset.environment.emplace(name, std::nullopt);
      } else {
        preset.environment.emplace(name, json_.text(variable.value(), place));
      }
    }
  }

  void read_member(const json::value& value, const std::string& preset, const PresetMember& row,
                   PresetMembers& members)
  {
    const std::string path = preset + "." + std::string(row.path);
    std::optional<PresetValue> read = member_value(value, path, row);
    if (const auto* text = read ? std::get_if<std::string>(&*read) : nullptr;
        text != nullptr && text->empty() && row.type == Type::number_or_empty &&
        document_.version < 11) {
      json_.fail(path, "is empty, which needs version 11 of preset files");
    }
    if (read && document_.version < row.since) {
      json_.fail(path, fmt::format("needs version {} of preset files; this file says {}", row.since,
                                   document_.version));
    }
    if (read) {
      members.emplace(row.path, std::move(*read));
    }
  }

  /// Nothing for what is as good as absent.
  std::optional<PresetValue> member_value(const json::value& value, const std::string& path,
                                          const PresetMember& row)
  {
    switch (row.type) {
    case Type::ignored:
      return std::nullopt;
    case Type::group_or_text:
      if (value.is_string()) {
        std::string file = here(json_.text(value, path));
        return file.empty() ? PresetValue() : PresetValue(std::move(file));
      }
      if (!value.is_object()) {
        json_.fail(path, "must be a text in quotes or an object");
      }
      return PresetValue();
    case Type::group:
    case Type::closed_group:
      json_.object(value, path);
      return PresetValue();
    case Type::flag:
      return PresetValue(json_.flag(value, path));
    case Type::number_or_empty:
      if (value.is_string() && value.get_string().empty()) {
        return PresetValue(std::string());
      }
      [[fallthrough]];
    case Type::number:
      return PresetValue(json_.number(value, path));
    case Type::text:
    case Type::text_with_macros: {
      std::string text = json_.text(value, path);
      json_.check_word(text, row.words, path);
      if (text.empty()) {
        return std::nullopt;
      }
      return PresetValue(has_macros(row.type) ? here(text) : std::move(text));
    }
    case Type::texts:
    case Type::texts_with_macros: {
      std::vector<std::string> texts = json_.texts(value, path);
      if (has_macros(row.type)) {
        std::ranges::transform(texts, texts.begin(), [&](const auto& text) { return here(text); });
      }
      return texts.empty() ? std::optional<PresetValue>() : PresetValue(std::move(texts));
    }
    case Type::numbers: {
      std::vector<std::string> numbers;
      const json::array* elements = json_.array(value, path);
      for (std::size_t i = 0; elements != nullptr && i < elements->size(); ++i) {
        numbers.push_back(
            fmt::to_string(json_.number((*elements)[i], fmt::format("{}[{}]", path, i))));
      }
      return PresetValue(std::move(numbers));
    }
    }
    return std::nullopt;
  }

  /// Since version 12 ${fileDir} is of the file where it stands; before, of the one that inherits.
  [[nodiscard]] std::string here(const std::string& text) const
  {
    if (document_.version < 12) {
      return text;
    }
    Expansion replaced = replace_macros(text, [&](std::string_view space, std::string_view name) {
      const bool is_directory = space.empty() && name == "fileDir";
      return Expansion{Expansion::Outcome::replaced,
                       is_directory ? directory_ : fmt::format("${}{{{}}}", space, name)};
    });
    return replaced.replaced() ? std::move(replaced.text) : text;
  }

  PresetJson& json_;
  std::string directory_;
  PresetDocument document_;
};

} // namespace

Result<PresetDocument> preset_document_from_json(std::string_view text, const std::string& path)
{
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  const Result<json::value> root = parse_preset_json(text, path);
  if (root.has_error()) {
    return root.error();
  }
  PresetJson json(text, path);
  DocumentReader reader(json, std::filesystem::path(path).parent_path().string());
  PresetDocument document = reader.read(*root);
  if (json.fault()) {
    return *json.fault();
  }
  return document;
}

} // namespace winnow::client
