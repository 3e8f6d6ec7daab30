// 128 bits that stand for a content.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace winnow::client {

/// XXH3: for what is not hostile. All zero means "not known".
struct Digest {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  [[nodiscard]] bool known() const { return high != 0 || low != 0; }

  /// Thirty-two lower-case hexadecimal digits.
  [[nodiscard]] std::string hex() const;
  static std::optional<Digest> from_hex(std::string_view hex);
  auto operator<=>(const Digest&) const = default;
};

Digest digest_of(std::string_view bytes);

} // namespace winnow::client
