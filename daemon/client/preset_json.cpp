// Names places as people look for them: file, line, column, member, preset.
#include "daemon/client/preset_json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace winnow::client {

namespace json = boost::json;

Result<json::value> parse_preset_json(std::string_view text, const std::string& file)
{
  const auto fault = [&](std::size_t offset, std::string_view what) {
    const report::TextPlace place = report::place_at(text, offset);
    return user_error(fmt::format("{}:{}:{}: {}", file, place.line, place.column, what));
  };
  json::parse_options options;
  options.max_depth = 256;
  json::stream_parser parser({}, options);
  boost::system::error_code error;
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error && !parser.done()) {
    parser.finish(error);
  }
  if (error == json::error::incomplete) {
    return fault(text.size(), "the JSON ends too early");
  }
  if (error) {
    return fault(read, "this is not JSON: " + error.message());
  }
  if (read < text.size()) {
    return fault(read, "more follows the end of the JSON document");
  }
  return parser.release();
}

PresetJson::PresetJson(std::string_view text, const std::string& file)
    : text_(text), file_(file), places_(text)
{
  if (places_.repeated()) {
    fail_at_key(*places_.repeated(), "stands here for the second time");
  }
}

const json::object* PresetJson::object(const json::value& value, const std::string& path)
{
  if (!value.is_object()) {
    fail(path, "must be an object");
  }
  return fault_ ? nullptr : value.if_object();
}

const json::array* PresetJson::array(const json::value& value, const std::string& path)
{
  if (!value.is_array()) {
    fail(path, "must be a list");
  }
  return fault_ ? nullptr : value.if_array();
}

std::string PresetJson::text(const json::value& value, const std::string& path)
{
  if (!value.is_string()) {
    fail(path, "must be a text in quotes");
  } else if (value.get_string().find('\0') != json::string::npos) {
    fail(path, "holds a zero byte");
  }
  return fault_ ? std::string() : std::string(value.get_string());
}

std::vector<std::string> PresetJson::texts(const json::value& value, const std::string& path)
{
  std::vector<std::string> found;
  const json::array* elements = array(value, path);
  for (std::size_t i = 0; elements != nullptr && i < elements->size(); ++i) {
    found.push_back(text((*elements)[i], fmt::format("{}[{}]", path, i)));
  }
  return found;
}

bool PresetJson::flag(const json::value& value, const std::string& path)
{
  if (!value.is_bool()) {
    fail(path, "must be true or false");
  }
  return !fault_ && value.get_bool();
}

std::int64_t PresetJson::number(const json::value& value, const std::string& path)
{
  boost::system::error_code error;
  const auto number = value.to_number<std::int32_t>(error);
  if (error) {
    fail(path, "must be a whole number");
  }
  return fault_ ? 0 : number;
}

void PresetJson::check_word(std::string_view word, std::string_view words, const std::string& path)
{
  std::string listed;
  for (std::string_view rest = words; !rest.empty();) {
    const std::string_view known = rest.substr(0, rest.find('|'));
    if (known == word) {
      return;
    }
    rest.remove_prefix(std::min(known.size() + 1, rest.size()));
    listed += fmt::format("{}\"{}\"", listed.empty() ? "" : rest.empty() ? " or " : ", ", known);
  }
  if (!words.empty()) {
    fail(path, "must be " + listed);
  }
}

void PresetJson::enter_preset(const std::string& path, std::string name)
{
  preset_path_ = path;
  preset_name_ = std::move(name);
}

void PresetJson::leave_preset()
{
  preset_path_.clear();
}

void PresetJson::fail(const std::string& path, std::string_view what)
{
  fail_at(places_.value(path), path, what);
}

void PresetJson::fail_at_key(const std::string& path, std::string_view what)
{
  fail_at(places_.key(path), path, what);
}

void PresetJson::fail_at(std::size_t offset, const std::string& path, std::string_view what)
{
  if (fault_) {
    return;
  }
  std::string subject = path.empty() ? "the file" : path;
  if (!preset_path_.empty() && path == preset_path_) {
    subject = preset_name_;
  } else if (!preset_path_.empty() && path.starts_with(preset_path_ + ".")) {
    subject = fmt::format("{} of {}", path.substr(preset_path_.size() + 1), preset_name_);
  }
  const report::TextPlace place = report::place_at(text_, offset);
  fault_ =
      user_error(fmt::format("{}:{}:{}: {} {}", file_, place.line, place.column, subject, what));
}

} // namespace winnow::client
