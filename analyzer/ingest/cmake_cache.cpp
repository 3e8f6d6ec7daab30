// Reads CMakeCache.txt line by line.
#include "analyzer/ingest/cmake_cache.hpp"

#include "analyzer/ingest/text_file.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace winnow::ingest {

CMakeCache parse_cmake_cache(std::string_view text)
{
  CMakeCache cache;
  std::string help;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    if (line.starts_with("//")) {
      help += line.substr(2);
      continue;
    }
    const std::size_t equals = line.find('=');
    const std::size_t colon = line.find(':');
    if (!line.starts_with('#') && equals != std::string_view::npos && colon < equals) {
      cache.insert_or_assign(std::string(line.substr(0, colon)),
                             CacheEntry{std::string(line.substr(colon + 1, equals - colon - 1)),
                                        std::string(line.substr(equals + 1)), help});
    }
    help.clear();
  }
  return cache;
}

Result<CMakeCache> read_cmake_cache(const std::string& build)
{
  const Result<std::string> text = read_text_file(build + "/CMakeCache.txt");
  if (!text) {
    return user_error(
        fmt::format("{} is not a configured build tree: {}", build, text.error().message));
  }
  return parse_cmake_cache(*text);
}

std::string value_of(const CMakeCache& cache, std::string_view name)
{
  const auto found = cache.find(name);
  return found == cache.end() ? std::string() : found->second.value;
}

bool is_setting(const CacheEntry& entry)
{
  return entry.type != "INTERNAL" && entry.type != "STATIC";
}

bool was_given(const CacheEntry& entry)
{
  return entry.type == "UNINITIALIZED" ||
         entry.help.starts_with("No help, variable specified on the command line");
}

} // namespace winnow::ingest
