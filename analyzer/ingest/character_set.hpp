// A set of characters that is asked in constant time.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace winnow::ingest {

/// For the longest text there is to read: commands and paths.
class CharacterSet {
 public:
  explicit constexpr CharacterSet(std::string_view members)
  {
    for (const char c : members) {
      held_[static_cast<unsigned char>(c)] = true;
    }
  }

  [[nodiscard]] constexpr bool contains(char c) const
  {
    return held_[static_cast<unsigned char>(c)];
  }

  /// From `at` on, past all that are in the set.
  [[nodiscard]] constexpr std::size_t past(std::string_view text, std::size_t at) const
  {
    while (at < text.size() && contains(text[at])) {
      ++at;
    }
    return at;
  }

  /// From `at` on, the first that is in the set, or the end.
  [[nodiscard]] constexpr std::size_t first_in(std::string_view text, std::size_t at) const
  {
    while (at < text.size() && !contains(text[at])) {
      ++at;
    }
    return at;
  }

 private:
  std::array<bool, 256> held_{};
};

} // namespace winnow::ingest
