// Where the values of a JSON text stand: Boost.JSON keeps no positions.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace winnow::report {

/// Both begin at 1; columns count characters, not bytes.
struct TextPlace {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// The place of a byte of `text`.
TextPlace place_at(std::string_view text, std::size_t offset);

/// Values are named as in `selection.rules[2].pattern`, the whole document by "".
class JsonPlaces {
 public:
  /// Requires JSON that Boost.JSON has parsed, comments and trailing commas allowed.
  explicit JsonPlaces(std::string_view text);

  /// Where the value begins.
  [[nodiscard]] TextPlace value(const std::string& path) const;
  /// Where the key of that member begins.
  [[nodiscard]] TextPlace key(const std::string& path) const;

  /// The first member that an object has twice.
  [[nodiscard]] const std::optional<std::string>& repeated() const { return repeated_; }

 private:
  class Walk;

  std::string_view text_;
  std::map<std::string, std::size_t> values_;
  std::map<std::string, std::size_t> keys_; ///< the last one of a key that repeats
  std::optional<std::string> repeated_;
};

} // namespace winnow::report
