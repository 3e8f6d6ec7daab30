// Line by line: an include line holds nothing else.
#include "analyzer/ingest/fortran_includes.hpp"

#include <algorithm>
#include <optional>

namespace winnow::ingest {
namespace {

constexpr std::string_view blanks = " \t";

std::string_view without_leading_blanks(std::string_view text)
{
  return text.substr(std::min(text.find_first_not_of(blanks), text.size()));
}

bool begins_with_include(std::string_view line)
{
  static constexpr std::string_view keyword = "include";
  return line.size() > keyword.size() &&
         std::ranges::equal(line.substr(0, keyword.size()), keyword, [](char c, char of_keyword) {
           return c == of_keyword || c == of_keyword - 'a' + 'A';
         });
}

std::optional<std::string_view> included_by(std::string_view line)
{
  line = without_leading_blanks(line);
  if (!begins_with_include(line)) {
    return std::nullopt;
  }
  line = without_leading_blanks(line.substr(std::string_view("include").size()));
  if (line.empty() || (line.front() != '\'' && line.front() != '"')) {
    return std::nullopt;
  }
  const std::size_t end = line.find(line.front(), 1);
  return end == std::string_view::npos || end == 1 ? std::nullopt
                                                   : std::optional(line.substr(1, end - 1));
}

} // namespace

std::vector<std::string> fortran_includes_in(std::string_view text)
{
  std::vector<std::string> names;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (const auto name = included_by(text.substr(0, end))) {
      names.emplace_back(*name);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return names;
}

bool may_be_fortran(std::string_view path)
{
  static constexpr std::string_view others[] = {"c",   "cc",  "cpp",  "cxx",  "c++", "C",
                                                "hh",  "hpp", "hxx",  "h++",  "ipp", "tpp",
                                                "txx", "ixx", "cppm", "cxxm", "cu",  "cuh"};
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ||
         std::ranges::find(others, path.substr(dot + 1)) == std::end(others);
}

} // namespace winnow::ingest
