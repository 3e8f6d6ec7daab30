// The identity of a file's content.
#pragma once

#include "analyzer/model/roots.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace winnow {

/// The object id git gives a blob of this content (SHA-1 over "blob <size>\0" and the bytes).
/// Git's own id is used so that the content of a tracked, unmodified file is known without reading
/// it. All zero means "not known": it equals no content, not even another unknown.
struct ContentHash {
  std::array<std::uint8_t, 20> bytes{};

  [[nodiscard]] bool known() const;
  /// Forty lower-case hexadecimal digits.
  [[nodiscard]] std::string hex() const;
  static std::optional<ContentHash> from_hex(std::string_view hex);
  auto operator<=>(const ContentHash&) const = default;
};

/// Both are known and equal.
bool same_content(const ContentHash& a, const ContentHash& b);

ContentHash hash_content(std::string_view content);

/// Hashes the file at `path` in bounded memory; a symbolic link is hashed as git does, by its
/// target's name. Unknown if it cannot be read.
ContentHash hash_file(const std::string& path);

/// The same over the content as without_roots() leaves it: what configuring wrote then equals what
/// it wrote at another place. Files without the roots' paths, and those above 8 MB, are hashed as
/// they are.
ContentHash hash_file_without_roots(const std::string& path, const Roots& roots);

} // namespace winnow
