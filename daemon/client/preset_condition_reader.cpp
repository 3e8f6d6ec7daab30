// One row for each type of condition.
#include "daemon/client/preset_condition_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace winnow::client {
namespace {

namespace json = boost::json;

using Type = PresetCondition::Type;

struct ConditionType {
  std::string_view name;
  Type type;
  bool negated;
  std::array<std::string_view, 2> members; ///< beside "type"
};

constexpr ConditionType condition_types[] = {
    {"const", Type::constant, false, {"value", ""}},
    {"equals", Type::equals, false, {"lhs", "rhs"}},
    {"notEquals", Type::equals, true, {"lhs", "rhs"}},
    {"inList", Type::in_list, false, {"string", "list"}},
    {"notInList", Type::in_list, true, {"string", "list"}},
    {"matches", Type::matches, false, {"string", "regex"}},
    {"notMatches", Type::matches, true, {"string", "regex"}},
    {"anyOf", Type::any_of, false, {"conditions", ""}},
    {"allOf", Type::all_of, false, {"conditions", ""}},
    {"not", Type::negation, false, {"condition", ""}},
};

/// One that stands in another, where null means nothing.
PresetCondition read_part(PresetJson& json, const json::value& value, const std::string& path)
{
  if (value.is_null()) {
    json.fail(path, "must not be null");
  }
  return read_preset_condition(json, value, path);
}

void read_condition_member(PresetJson& json, const json::value& value, const std::string& path,
                           std::string_view name, PresetCondition& condition)
{
  if (name == "value") {
    condition.value = json.flag(value, path);
  } else if (name == "condition") {
    condition.parts.push_back(read_part(json, value, path));
  } else if (name == "conditions") {
    const json::array* parts = json.array(value, path);
    for (std::size_t i = 0; parts != nullptr && i < parts->size(); ++i) {
      condition.parts.push_back(read_part(json, (*parts)[i], fmt::format("{}[{}]", path, i)));
    }
  } else if (name == "list") {
    std::ranges::move(json.texts(value, path), std::back_inserter(condition.texts));
  } else {
    condition.texts.push_back(json.text(value, path));
  }
}

PresetCondition read_object(PresetJson& json, const json::object& object, const std::string& path)
{
  const json::value* type = object.if_contains("type");
  if (type == nullptr) {
    json.fail(path, "needs a type");
    return {};
  }
  const std::string word = json.text(*type, path + ".type");
  const auto row = std::ranges::find(condition_types, std::string_view(word), &ConditionType::name);
  if (row == std::end(condition_types)) {
    json.fail(path + ".type", fmt::format("is no type of condition: \"{}\"", word));
    return {};
  }
  PresetCondition condition{row->type, true, {}, {}};
  for (const std::string_view name : row->members) {
    const std::string place = fmt::format("{}.{}", path, name);
    const json::value* value = name.empty() ? nullptr : object.if_contains(name);
    if (value != nullptr) {
      read_condition_member(json, *value, place, name, condition);
    } else if (!name.empty()) {
      json.fail(path, fmt::format("needs {} as it is \"{}\"", name, word));
    }
  }
  for (const auto& member : object) {
    const bool known =
        member.key() == "type" || member.key() == "$comment" ||
        std::ranges::find(row->members, std::string_view(member.key())) != row->members.end();
    if (!known) {
      json.fail_at_key(fmt::format("{}.{}", path, std::string_view(member.key())),
                       "is not known here");
    }
  }
  return row->negated ? PresetCondition{Type::negation, true, {}, {std::move(condition)}}
                      : condition;
}

} // namespace

PresetCondition read_preset_condition(PresetJson& json, const json::value& value,
                                      const std::string& path)
{
  if (value.is_null()) {
    return {};
  }
  if (value.is_bool()) {
    return {Type::constant, value.get_bool(), {}, {}};
  }
  if (!value.is_object()) {
    json.fail(path, "must be true, false, null or an object");
    return {};
  }
  return read_object(json, value.get_object(), path);
}

} // namespace winnow::client
