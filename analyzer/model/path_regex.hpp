// A regular expression over paths.
#pragma once

#include "analyzer/model/error.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace winnow {

/// In RE2's syntax; it matches anywhere in a path unless it says otherwise.
class PathRegex {
 public:
  /// A user error says what is wrong, and at which character.
  static Result<PathRegex> from(std::string_view text);

  PathRegex(PathRegex&&) noexcept;
  PathRegex& operator=(PathRegex&&) noexcept;
  ~PathRegex();

  [[nodiscard]] bool matches(std::string_view path) const;

 private:
  PathRegex(std::unique_ptr<re2::RE2> characters, std::unique_ptr<re2::RE2> bytes);

  std::unique_ptr<re2::RE2> characters_;
  std::unique_ptr<re2::RE2> bytes_; ///< where a path is not UTF-8, in which `.` is a byte
};

} // namespace winnow
