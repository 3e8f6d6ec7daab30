// One pass over the bytes; no syntax of any language.
#include "analyzer/ingest/text_words.hpp"

#include "analyzer/ingest/text_file.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string_view>

namespace winnow::ingest {

std::vector<std::string> file_words(const std::string& absolute_path)
{
  static constexpr std::string_view characters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-/";
  static constexpr std::uintmax_t longest = 1 << 20;
  std::error_code failure;
  if (std::filesystem::file_size(absolute_path, failure) > longest || failure) {
    return {};
  }
  const Result<std::string> text = read_text_file(absolute_path);
  const std::string_view rest = text ? std::string_view(*text) : std::string_view();
  std::set<std::string> words;
  for (std::size_t begin = rest.find_first_of(characters); begin < rest.size();) {
    const std::size_t end = std::min(rest.find_first_not_of(characters, begin), rest.size());
    words.emplace(rest.substr(begin, end - begin));
    begin = rest.find_first_of(characters, end);
  }
  return {words.begin(), words.end()};
}

} // namespace winnow::ingest
