// Reads P1689 documents with Boost.JSON.
#include "analyzer/ingest/module_scan.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace winnow::ingest {

namespace json = boost::json;

Result<std::vector<std::string>> parse_module_scan(std::string_view text, const std::string& path)
{
  std::vector<std::string> names;
  try {
    const json::value document = json::parse(text);
    for (const json::value& rule : document.at("rules").as_array()) {
      const json::value* used = rule.as_object().if_contains("requires");
      if (used == nullptr) {
        continue;
      }
      for (const json::value& module : used->as_array()) {
        names.push_back(json::value_to<std::string>(module.at("logical-name")));
      }
    }
  } catch (const std::exception& damage) {
    return data_error(fmt::format("{} says in no known form which modules a source uses ({})", path,
                                  damage.what()));
  }
  return names;
}

std::string module_key(std::string_view name)
{
  static constexpr std::string_view extensions[] = {".pcm", ".gcm", ".ifc", ".bmi"};
  for (const std::string_view extension : extensions) {
    if (name.ends_with(extension)) {
      name.remove_suffix(extension.size());
      break;
    }
  }
  std::string key(name);
  std::ranges::replace(key, ':', '-');
  return key;
}

} // namespace winnow::ingest
