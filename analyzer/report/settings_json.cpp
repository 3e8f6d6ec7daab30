// Reads winnow.json: every key is known, every value of its type, or the first fault is named.
#include "analyzer/report/settings_json.hpp"

#include "analyzer/report/json_places.hpp"
#include "analyzer/report/run_settings.hpp"
#include "analyzer/report/settings_reader.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace winnow::report {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_file = 1 << 20;

struct EffectName {
  ShippedEffect effect;
  std::string_view name;
};

constexpr std::array effect_names{EffectName{ShippedEffect::nothing, "nothing"},
                                  EffectName{ShippedEffect::part, "part"},
                                  EffectName{ShippedEffect::everything, "everything"}};

/// The document as a whole; asks for the first fault at its end.
class SettingsDocument : private SettingsReader {
 public:
  using SettingsReader::SettingsReader;

  Result<Settings> read(const json::value& document)
  {
    Settings settings;
    if (const json::object* whole = object(document, "", {"$schema", "selection", "run"})) {
      if (const json::value* schema = whole->if_contains("$schema")) {
        text(*schema, "$schema");
      }
      if (const json::value* selection = whole->if_contains("selection")) {
        read_selection(*selection, settings);
      }
      if (const json::value* run = whole->if_contains("run")) {
        read_run_settings(*this, *run, settings);
      }
    }
    if (fault()) {
      return *fault();
    }
    return settings;
  }

 private:
  void read_effect(const json::object& rule, const std::string& path, ProjectRule& read)
  {
    const json::value* ignore = rule.if_contains("ignore");
    const json::value* affects = rule.if_contains("affects");
    if ((ignore == nullptr) == (affects == nullptr)) {
      fail(path, "must have one of ignore and affects");
    } else if (ignore != nullptr) {
      if (!ignore->is_bool()) {
        fail(path + ".ignore", "must be true or false");
      } else {
        read.effect = ignore->get_bool() ? ProjectRule::Effect::ignore : ProjectRule::Effect::judge;
      }
    } else if (!affects->is_string()) {
      read.effect = ProjectRule::Effect::tests;
      read.tests = selector(*affects, path + ".affects");
    } else if (affects->get_string() == "everything") {
      read.effect = ProjectRule::Effect::everything;
    } else {
      fail(path + ".affects",
           "must be \"everything\" or an object with tests, labels or directories");
    }
  }

  ProjectRule rule(const json::value& value, const std::string& path)
  {
    ProjectRule read;
    read.name = rule_name(path);
    const json::object* members = object(value, path, {"pattern", "patterns", "ignore", "affects"});
    if (members == nullptr) {
      return read;
    }
    const json::value* single = members->if_contains("pattern");
    if ((single == nullptr) == (members->if_contains("patterns") == nullptr)) {
      fail(path, "must have one of pattern and patterns");
    } else if (single != nullptr) {
      add_pattern(read.patterns, text(*single, path + ".pattern"), path + ".pattern");
    } else {
      read.patterns = patterns(*members, path, "patterns");
    }
    read_effect(*members, path, read);
    return read;
  }

  ShippedEffect effect(const json::value& value, const std::string& path)
  {
    for (const EffectName& known : effect_names) {
      if (value.is_string() && value.get_string() == known.name) {
        return known.effect;
      }
    }
    fail(path, "must be \"nothing\", \"part\" or \"everything\"");
    return ShippedEffect::everything;
  }

  void read_shipped(const json::value& value, const std::string& path, ShippedEffects& shipped)
  {
    if (value.is_bool()) {
      for (const ShippedRuleName& row : shipped_rule_names) {
        shipped.set(row.rule, value.get_bool() ? row.effect : ShippedEffect::everything);
      }
    } else if (!value.is_object()) {
      fail(path, "must be true, false or an object");
    } else if (const json::object* members =
                   object(value, path,
                          {"harmless_files", "unbuilt_files", "unnamed_files", "shared_data",
                           "staged_files", "plugins", "programs"})) {
      for (const ShippedRuleName& row : shipped_rule_names) {
        if (const json::value* turned = members->if_contains(row.name)) {
          shipped.set(row.rule, effect(*turned, path + "." + std::string(row.name)));
        }
      }
    }
  }

  void read_volatile(const json::value& value, const std::string& path, VolatileStamps& stamps)
  {
    if (const json::object* members = object(value, path, {"definitions", "build_files"})) {
      stamps.definitions = texts(*members, path, "definitions");
      stamps.build_files = patterns(*members, path, "build_files");
    }
  }

  void read_selection(const json::value& value, Settings& settings)
  {
    const json::object* members =
        object(value, "selection", {"rules", "shipped_rules", "closed", "opaque", "volatile"});
    if (members == nullptr) {
      return;
    }
    if (const json::value* rules = members->if_contains("rules")) {
      const json::array* elements = rules->if_array();
      if (elements == nullptr) {
        fail("selection.rules", "must be a list");
      }
      for (std::size_t i = 0; elements != nullptr && i < elements->size(); ++i) {
        settings.rules.push_back(rule((*elements)[i], fmt::format("selection.rules[{}]", i)));
      }
    }
    if (const json::value* shipped = members->if_contains("shipped_rules")) {
      read_shipped(*shipped, "selection.shipped_rules", settings.shipped);
    }
    if (const json::value* closed = members->if_contains("closed")) {
      settings.closed = selector(*closed, "selection.closed");
    }
    if (const json::value* opaque = members->if_contains("opaque")) {
      settings.opaque = selector(*opaque, "selection.opaque");
    }
    if (const json::value* stamps = members->if_contains("volatile")) {
      read_volatile(*stamps, "selection.volatile", settings.volatile_stamps);
    }
  }
};

} // namespace

Result<Settings> settings_from_json(std::string_view text, std::string_view path,
                                    std::string_view source_root)
{
  if (text.size() > longest_file) {
    return user_error(fmt::format("{} has {} bytes; settings need less than {}", path, text.size(),
                                  longest_file));
  }
  const Result<std::string> plain = without_comments(text);
  if (plain.has_error()) {
    return user_error(fmt::format("{}:{}", path, plain.error().message));
  }
  json::parse_options options;
  options.allow_trailing_commas = true;
  json::stream_parser parser({}, options);
  boost::system::error_code error;
  const std::size_t read = parser.write_some(plain->data(), plain->size(), error);
  if (!error && !parser.done()) {
    parser.finish(error);
  }
  if (error == json::error::incomplete) {
    return fault_at(path, place_at(text, text.size()), "the JSON ends too early");
  }
  if (error) {
    return fault_at(path, place_at(text, read), "this is not JSON: " + error.message());
  }
  if (read < text.size()) {
    return fault_at(path, place_at(text, read), "more follows the end of the JSON document");
  }
  return SettingsDocument(text, *plain, path, source_root).read(parser.release());
}

} // namespace winnow::report
