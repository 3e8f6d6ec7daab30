// Reads values, and names places.
#include "analyzer/report/settings_reader.hpp"

#include "analyzer/model/duration.hpp"
#include "analyzer/report/path_text.hpp"
#include "analyzer/report/suggestion.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace winnow::report {

namespace json = boost::json;

Error fault_at(std::string_view file, TextPlace place, std::string_view what)
{
  return user_error(fmt::format("{}:{}:{}: {}", file, place.line, place.column, what));
}

SettingsReader::SettingsReader(std::string_view text, std::string_view plain, std::string_view file,
                               std::string_view source_root)
    : text_(text), file_(file), source_root_(source_root), places_(plain)
{
  if (places_.repeated()) {
    fail_at_key(*places_.repeated(), "stands here for the second time");
  }
}

Error SettingsReader::fault(std::size_t offset, std::string_view what) const
{
  return fault_at(file_, place_at(text_, offset), what);
}

void SettingsReader::fail(const std::string& path, std::string_view what)
{
  if (!fault_) {
    fault_ = fault(places_.value(path),
                   fmt::format("{} {}", path.empty() ? "the file" : name_text(path), what));
  }
}

void SettingsReader::fail_at_key(const std::string& path, std::string_view what)
{
  if (!fault_) {
    fault_ = fault(places_.key(path), fmt::format("{} {}", name_text(path), what));
  }
}

const json::object* SettingsReader::object(const json::value& value, const std::string& path,
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

const json::array* SettingsReader::list(const json::value& value, const std::string& path)
{
  const json::array* found = value.if_array();
  if (found == nullptr) {
    fail(path, "must be a list");
  } else if (found->empty()) {
    fail(path, "is an empty list; leave it out");
  }
  return fault_ ? nullptr : found;
}

std::string SettingsReader::text(const json::value& value, const std::string& path)
{
  if (!value.is_string()) {
    fail(path, "must be a text in quotes");
  } else if (value.get_string().empty()) {
    fail(path, "is an empty text; leave it out");
  }
  return fault_ ? std::string() : std::string(value.get_string());
}

std::vector<std::string> SettingsReader::texts(const json::object& parent, const std::string& path,
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

void SettingsReader::add_pattern(std::vector<PathPattern>& patterns, const std::string& pattern,
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

std::vector<PathPattern> SettingsReader::patterns(const json::object& parent,
                                                  const std::string& path, std::string_view name)
{
  std::vector<PathPattern> found;
  const std::vector<std::string> written = texts(parent, path, name);
  for (std::size_t i = 0; i < written.size(); ++i) {
    add_pattern(found, written[i], fmt::format("{}.{}[{}]", path, name, i));
  }
  return found;
}

TestSelector SettingsReader::selector(const json::object& lists, const std::string& path)
{
  TestSelector selected;
  selected.tests = texts(lists, path, "tests");
  selected.labels = texts(lists, path, "labels");
  selected.directories = patterns(lists, path, "directories");
  if (selected.empty()) {
    fail(path, "names no test; give it tests, labels or directories");
  }
  return selected;
}

TestSelector SettingsReader::selector(const json::value& value, const std::string& path)
{
  const json::object* lists = object(value, path, {"tests", "labels", "directories"});
  return lists == nullptr ? TestSelector() : selector(*lists, path);
}

std::string SettingsReader::rule_name(const std::string& path) const
{
  return fmt::format("{}:{}", settings_file_name, place_at(text_, places_.value(path)).line);
}

std::int64_t SettingsReader::pause_us(const json::object& parent, const std::string& path,
                                      std::string_view name)
{
  const json::value* value = parent.if_contains(name);
  if (value == nullptr) {
    return 0;
  }
  const std::string place = path + "." + std::string(name);
  const double pause = seconds_in(text(*value, place)).value_or(0) * 1e6;
  if (pause < 1 || pause > static_cast<double>(longest_pause_us)) {
    fail(place, "must be a duration up to a day, such as \"500ms\" or \"2s\"");
    return 0;
  }
  return static_cast<std::int64_t>(pause);
}

std::uint32_t SettingsReader::count(const json::value& value, const std::string& path)
{
  boost::system::error_code error;
  const auto number = value.is_number() ? value.to_number<std::uint32_t>(error) : most_attempts;
  if (error || number >= most_attempts) {
    fail(path, fmt::format("must be a whole number from 0 to {}", most_attempts - 1));
    return 0;
  }
  return number;
}

} // namespace winnow::report
