// Lists and truth values by the rules of cmake-language(7) and if().
#include "analyzer/ingest/cmake_values.hpp"

#include <algorithm>
#include <array>

namespace winnow::ingest {
namespace {

std::string upper_case(std::string_view text)
{
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return upper;
}

} // namespace

std::vector<std::string> expand_list(std::string_view list)
{
  std::vector<std::string> elements;
  std::string element;
  int open_brackets = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const char c = list[i];
    if (c == '\\' && i + 1 < list.size() && list[i + 1] == ';') {
      element += ';';
      ++i;
      continue;
    }
    if (c == ';' && open_brackets == 0) {
      if (!element.empty()) {
        elements.push_back(std::move(element));
      }
      element.clear();
      continue;
    }
    open_brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
    element += c;
  }
  if (!element.empty()) {
    elements.push_back(std::move(element));
  }
  return elements;
}

bool is_on(std::string_view value)
{
  static constexpr std::array<std::string_view, 5> words{"1", "ON", "YES", "TRUE", "Y"};
  return value.size() <= 4 &&
         std::find(words.begin(), words.end(), upper_case(value)) != words.end();
}

bool is_off(std::string_view value)
{
  static constexpr std::array<std::string_view, 8> words{"",      "0", "OFF",    "NO",
                                                         "FALSE", "N", "IGNORE", "NOTFOUND"};
  const std::string upper = upper_case(value);
  return upper.ends_with("-NOTFOUND") ||
         std::find(words.begin(), words.end(), upper) != words.end();
}

} // namespace winnow::ingest
