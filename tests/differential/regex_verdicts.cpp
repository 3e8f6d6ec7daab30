// Says what Winnow makes of CMake's regular expressions: reads lines of a pattern and a text, both
// as hexadecimal bytes between a space, and prints "refused", "match" or "none" for each.
#include "analyzer/model/cmake_regex.hpp"

#include <iostream>
#include <optional>
#include <string>
#include <string_view>

namespace {

std::optional<std::string> bytes_of(std::string_view digits)
{
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  std::string bytes;
  for (; digits.size() >= 2; digits.remove_prefix(2)) {
    const std::size_t high = hexadecimal.find(digits[0]);
    const std::size_t low = hexadecimal.find(digits[1]);
    if (high == std::string_view::npos || low == std::string_view::npos) {
      return std::nullopt;
    }
    bytes += static_cast<char>(high * 16 + low);
  }
  return digits.empty() ? std::optional(bytes) : std::nullopt;
}

} // namespace

int main()
{
  std::string line;
  while (std::getline(std::cin, line)) {
    const std::size_t space = line.find(' ');
    const auto pattern = bytes_of(std::string_view(line).substr(0, space));
    const auto text = space == std::string::npos
                          ? std::nullopt
                          : bytes_of(std::string_view(line).substr(space + 1));
    if (!pattern || !text) {
      std::cerr << "regex_verdicts: no two hexadecimal words: " << line << '\n';
      return 2;
    }
    const auto regex = winnow::CMakeRegex::compile(*pattern);
    std::cout << (regex.has_error() ? "refused" : regex->matches(*text) ? "match" : "none") << '\n';
  }
}
