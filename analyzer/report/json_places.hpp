// Where the values of a JSON text stand, and which parts of it are comments.
#pragma once

#include "analyzer/model/error.hpp"

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

/// `text` with blanks for comments, everything else where it was: `//` to the end of the line, and
/// `/*` to the next `*/`. Boost.JSON 1.81 reads past the end of `/* **/`. An error, for the user,
/// begins with line and column.
Result<std::string> without_comments(std::string_view text);

/// Boost.JSON keeps no positions: this walks over the text a second time. Values are named as in
/// `selection.rules[2].pattern`, the whole document by "".
class JsonPlaces {
 public:
  /// Requires JSON without comments that Boost.JSON has parsed, trailing commas allowed.
  explicit JsonPlaces(std::string_view text);

  /// The offset where the value begins; 0 of one that is not there.
  [[nodiscard]] std::size_t value(const std::string& path) const;
  /// Where the key of that member begins.
  [[nodiscard]] std::size_t key(const std::string& path) const;

  /// The first member that an object has twice.
  [[nodiscard]] const std::optional<std::string>& repeated() const { return repeated_; }

 private:
  class Walk;

  std::map<std::string, std::size_t> values_;
  std::map<std::string, std::size_t> keys_; ///< the last one of a key that repeats
  std::optional<std::string> repeated_;
};

} // namespace winnow::report
