// One pass over the bytes; no syntax of any language.
#include "analyzer/ingest/text_words.hpp"

#include "analyzer/ingest/text_file.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string_view>

namespace winnow::ingest {

namespace {

constexpr std::string_view word_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-/";

/// "" of what cannot be read or is too long.
std::string text_of(const std::string& absolute_path)
{
  static constexpr std::uintmax_t longest = 1 << 20;
  std::error_code failure;
  if (std::filesystem::file_size(absolute_path, failure) > longest || failure) {
    return {};
  }
  const Result<std::string> text = read_text_file(absolute_path);
  return text ? *text : std::string();
}

void add_words(std::string_view text, std::set<std::string>& words)
{
  for (std::size_t begin = text.find_first_of(word_characters); begin < text.size();) {
    const std::size_t end = std::min(text.find_first_not_of(word_characters, begin), text.size());
    words.emplace(text.substr(begin, end - begin));
    begin = text.find_first_of(word_characters, end);
  }
}

bool begins_import(std::string_view line)
{
  static constexpr std::array<std::string_view, 11> keywords{
      "import",           "from", "include", "source", ".",    "require",
      "require_relative", "use",  "load",    "dofile", "const"};
  const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
  const std::size_t end = line.find_first_of(" \t(\"'", begin);
  return std::ranges::find(keywords, line.substr(begin, end - begin)) != keywords.end();
}

} // namespace

std::vector<std::string> file_words(const std::string& absolute_path)
{
  std::set<std::string> words;
  add_words(text_of(absolute_path), words);
  return {words.begin(), words.end()};
}

std::vector<std::string> imported_words(const std::string& absolute_path)
{
  const std::string text = text_of(absolute_path);
  std::set<std::string> words;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (const auto line = std::string_view(text).substr(begin, end - begin); begins_import(line)) {
      add_words(line, words);
    }
    begin = end + 1;
  }
  return {words.begin(), words.end()};
}

} // namespace winnow::ingest
