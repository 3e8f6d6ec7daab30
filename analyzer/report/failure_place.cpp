// Looks for numbers behind file names.
#include "analyzer/report/failure_place.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace winnow::report {
namespace {

constexpr std::size_t most_places = 100;

bool speaks_of_failure(std::string_view line)
{
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"error", "Error", "ERROR", "ailure", "FAILED",
                                              "ailed", "Assertion", "assert", "fatal"},
      [&](std::string_view word) { return line.find(word) != std::string_view::npos; });
}

constexpr bool is_letter(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Of "dir/a.cpp", which ends where the text does; "" where no file name does.
std::string_view path_at_end(std::string_view text)
{
  const std::size_t begin = text.find_last_of(" \t'\"`([<,;=|");
  const std::string_view path = begin == std::string_view::npos ? text : text.substr(begin + 1);
  const std::size_t dot = path.rfind('.');
  const bool has_extension = dot != std::string_view::npos && dot > 0 && dot + 1 < path.size() &&
                             path.find('/', dot) == std::string_view::npos &&
                             std::ranges::any_of(path.substr(dot), is_letter);
  return has_extension ? path : std::string_view();
}

/// Adds the places in the line, with `text` from it on.
void add_places(std::string_view line, std::string_view text, std::vector<FailurePlace>& places)
{
  for (std::size_t at = line.find_first_of(":("); at != std::string_view::npos;
       at = line.find_first_of(":(", at + 1)) {
    const char* const digits = line.data() + at + 1;
    const char* const line_end = line.data() + line.size();
    std::uint32_t number = 0;
    const auto [end, failure] = std::from_chars(digits, line_end, number);
    const bool is_closed = line[at] == ':' || (end != line_end && *end == ')');
    const std::string_view path = path_at_end(line.substr(0, at));
    if (failure == std::errc() && number > 0 && is_closed && !path.empty() &&
        places.size() < most_places) {
      places.push_back({path, number, text});
    }
  }
}

} // namespace

std::vector<FailurePlace> failure_places(std::string_view output)
{
  std::vector<FailurePlace> of_failures;
  std::vector<FailurePlace> others;
  for (std::size_t begin = 0; begin < output.size();) {
    const std::size_t end = std::min(output.find('\n', begin), output.size());
    const std::string_view line = output.substr(begin, end - begin);
    add_places(line, output.substr(begin), speaks_of_failure(line) ? of_failures : others);
    begin = end + 1;
  }
  of_failures.insert(of_failures.end(), others.begin(), others.end());
  of_failures.resize(std::min(of_failures.size(), most_places));
  return of_failures;
}

} // namespace winnow::report
