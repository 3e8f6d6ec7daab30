// Reads winnow.json: every key is known, every value of its type, or the first fault is named.
#include "analyzer/report/settings_json.hpp"

#include "analyzer/report/json_places.hpp"
#include "analyzer/report/path_text.hpp"
#include "analyzer/report/suggestion.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
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

Error fault_at(std::string_view file, TextPlace place, std::string_view what)
{
  return user_error(fmt::format("{}:{}:{}: {}", file, place.line, place.column, what));
}

/// After the first fault values read as empty: the caller reads everything, then asks once.
class SettingsReader {
 public:
  /// `plain` is `text` without its comments.
  SettingsReader(std::string_view text, std::string_view plain, std::string_view file,
                 std::string_view source_root)
      : text_(text), file_(file), source_root_(source_root), places_(plain)
  {
    if (places_.repeated()) {
      fail_at_key(*places_.repeated(), "stands here for the second time");
    }
  }

  Result<Settings> read(const json::value& document)
  {
    Settings settings;
    if (const json::object* whole = object(document, "", {"$schema", "selection"})) {
      if (const json::value* schema = whole->if_contains("$schema")) {
        text(*schema, "$schema");
      }
      if (const json::value* selection = whole->if_contains("selection")) {
        read_selection(*selection, settings);
      }
    }
    if (fault_) {
      return *fault_;
    }
    return settings;
  }

 private:
  [[nodiscard]] Error fault(std::size_t offset, std::string_view what) const
  {
    return fault_at(file_, place_at(text_, offset), what);
  }

  void fail(const std::string& path, std::string_view what)
  {
    if (!fault_) {
      fault_ = fault(places_.value(path),
                     fmt::format("{} {}", path.empty() ? "the file" : name_text(path), what));
    }
  }

  void fail_at_key(const std::string& path, std::string_view what)
  {
    if (!fault_) {
      fault_ = fault(places_.key(path), fmt::format("{} {}", name_text(path), what));
    }
  }

  /// The object at `path`, whose keys must be among `known`.
  const json::object* object(const json::value& value, const std::string& path,
                             std::initializer_list<std::string> known)
  {
    const json::object* found = value.if_object();
    if (found == nullptr) {
      fail(path, "must be an object");
      return nullptr;
    }
    const std::vector<std::string> words(known);
    for (const auto& member : *found) {
      const std::string name(member.key());
      if (std::ranges::find(words, name) == words.end()) {
        const std::string meant = nearest(name, words);
        fail_at_key(path.empty() ? name : path + "." + name,
                    meant.empty()
                        ? fmt::format("is not known; known here: {}", fmt::join(words, ", "))
                        : fmt::format("is not known; did you mean {}?", meant));
      }
    }
    return fault_ ? nullptr : found;
  }

  const json::array* list(const json::value& value, const std::string& path)
  {
    const json::array* found = value.if_array();
    if (found == nullptr) {
      fail(path, "must be a list");
    } else if (found->empty()) {
      fail(path, "is an empty list; leave it out");
    }
    return fault_ ? nullptr : found;
  }

  std::string text(const json::value& value, const std::string& path)
  {
    if (!value.is_string()) {
      fail(path, "must be a text in quotes");
    } else if (value.get_string().empty()) {
      fail(path, "is an empty text; leave it out");
    }
    return fault_ ? std::string() : std::string(value.get_string());
  }

  /// Nothing where `parent` has no such member.
  std::vector<std::string> texts(const json::object& parent, const std::string& path,
                                 std::string_view name)
  {
    std::vector<std::string> found;
    const std::string place = path + "." + std::string(name);
    const json::value* value = parent.if_contains(name);
    const json::array* elements = value == nullptr ? nullptr : list(*value, place);
    for (std::size_t i = 0; elements != nullptr && i < elements->size(); ++i) {
      found.push_back(text((*elements)[i], fmt::format("{}[{}]", place, i)));
    }
    return found;
  }

  void add_pattern(std::vector<PathPattern>& patterns, const std::string& pattern,
                   const std::string& path)
  {
    if (fault_) {
      return;
    }
    Result<PathPattern> compiled = PathPattern::compile(pattern, source_root_);
    if (compiled.has_error()) {
      fault_ = fault(places_.value(path), compiled.error().message);
    } else {
      patterns.push_back(std::move(*compiled));
    }
  }

  std::vector<PathPattern> patterns(const json::object& parent, const std::string& path,
                                    std::string_view name)
  {
    std::vector<PathPattern> found;
    const std::vector<std::string> written = texts(parent, path, name);
    for (std::size_t i = 0; i < written.size(); ++i) {
      add_pattern(found, written[i], fmt::format("{}.{}[{}]", path, name, i));
    }
    return found;
  }

  TestSelector selector(const json::value& value, const std::string& path)
  {
    TestSelector selected;
    if (const json::object* lists = object(value, path, {"tests", "labels", "directories"})) {
      selected.tests = texts(*lists, path, "tests");
      selected.labels = texts(*lists, path, "labels");
      selected.directories = patterns(*lists, path, "directories");
      if (selected.empty()) {
        fail(path, "names no test; give it tests, labels or directories");
      }
    }
    return selected;
  }

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
    read.name = fmt::format("{}:{}", settings_file_name, place_at(text_, places_.value(path)).line);
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
    } else if (const json::object* members = object(
                   value, path,
                   {"harmless_files", "unbuilt_files", "staged_files", "plugins", "programs"})) {
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

  std::string_view text_;
  std::string_view file_;
  std::string_view source_root_;
  JsonPlaces places_;
  std::optional<Error> fault_;
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
  return SettingsReader(text, *plain, path, source_root).read(parser.release());
}

} // namespace winnow::report
