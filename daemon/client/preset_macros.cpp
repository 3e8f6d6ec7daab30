// Walks over a text from one $ to the next.
#include "daemon/client/preset_macros.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace winnow::client {
namespace {

constexpr std::size_t longest_text = 1 << 20;
constexpr std::array<std::string_view, 4> spaces{"", "env", "penv", "vendor"};

bool begins_a_space(std::string_view text)
{
  return std::ranges::any_of(spaces,
                             [&](std::string_view known) { return known.starts_with(text); });
}

/// How many characters after a $ may be a macro's space; one more than that where they are not one.
std::size_t length_of_space(std::string_view text)
{
  std::size_t length = 0;
  while (length < text.size() && text[length] != '{' &&
         begins_a_space(text.substr(0, length + 1))) {
    ++length;
  }
  return length;
}

} // namespace

Expansion replace_macros(std::string_view text, const MacroLookup& lookup)
{
  Expansion result;
  while (!text.empty()) {
    const std::size_t dollar = std::min(text.find('$'), text.size());
    result.text += text.substr(0, dollar);
    text.remove_prefix(dollar);
    if (text.empty()) {
      break;
    }
    const std::size_t length = length_of_space(text.substr(1));
    const std::string_view space = text.substr(1, length);
    const bool opens = length + 1 < text.size() && text[length + 1] == '{';
    if (!opens || std::ranges::find(spaces, space) == spaces.end()) {
      // CMake takes the character that ends it along: the second $ of "$${x}" begins nothing.
      const std::size_t taken = std::min(length + 2, text.size());
      result.text += text.substr(0, taken);
      text.remove_prefix(taken);
      continue;
    }
    const std::size_t end = text.find('}');
    if (end == std::string_view::npos) {
      return wrong_macro(fmt::format("{} has no closing brace", text));
    }
    if (space == "vendor") {
      return {Expansion::Outcome::vendor, std::string(text.substr(0, end + 1))};
    }
    Expansion value = lookup(space, text.substr(length + 2, end - length - 2));
    if (!value.replaced()) {
      return value;
    }
    result.text += value.text;
    if (result.text.size() > longest_text) {
      return wrong_macro("its text becomes longer than a mebibyte");
    }
    text.remove_prefix(end + 1);
  }
  return result;
}

} // namespace winnow::client
