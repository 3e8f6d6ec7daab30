// A test's key as members of a JSON object.
#include "analyzer/report/test_key_json.hpp"

#include "analyzer/report/path_text.hpp"

#include <algorithm>
#include <string>

namespace winnow::report {
namespace {

/// A `%` of a text that is UTF-8 must not be taken for an encoded byte.
std::string encoded_percent(const std::string& text)
{
  if (!is_utf8(text)) {
    return utf8_or_percent(text);
  }
  std::string encoded;
  for (const char c : text) {
    encoded += c == '%' ? "%25" : std::string(1, c);
  }
  return encoded;
}

} // namespace

void write_key(boost::json::object& object, const TestKey& key)
{
  if (is_utf8(key.name) && is_utf8(key.directory)) {
    object.emplace("name", key.name);
    object.emplace("directory", key.directory);
    return;
  }
  object.emplace("name", encoded_percent(key.name));
  object.emplace("directory", encoded_percent(key.directory));
  object.emplace("percent_encoded", true);
}

boost::json::string json_text(std::string_view bytes, boost::json::storage_ptr storage)
{
  return is_utf8(bytes) ? boost::json::string(bytes, storage)
                        : boost::json::string(utf8_or_percent(bytes), storage);
}

} // namespace winnow::report
