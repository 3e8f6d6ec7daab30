// Regular expressions in the dialect of CMake and CTest.
#pragma once

#include "analyzer/model/error.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace winnow {

/// An equivalent pattern for RE2 with Latin-1 encoding (that is for bytes) and dot_nl. A user error
/// says why CMake would not compile it.
Result<std::string> re2_pattern(std::string_view cmake_pattern);

/// A pattern as `string(REGEX)`, ctest's filters and the *_REGULAR_EXPRESSION properties read it:
/// `^ $ . [] * + ? | ()` and a backslash that makes the next character a literal; no `{n}`, no
/// `\d`. `.` and brackets match newlines; `^` and `$` match only at the ends of the whole text.
///
/// It is matched by RE2, in time linear in the text: CMake's own matcher backtracks, and needs
/// minutes for some patterns on long outputs.
class CMakeRegex {
 public:
  /// A user error for what CMake refuses; it says which pattern and why.
  static Result<CMakeRegex> compile(std::string_view pattern);

  ~CMakeRegex();
  CMakeRegex(CMakeRegex&&) noexcept;
  CMakeRegex& operator=(CMakeRegex&&) noexcept;

  /// Whether the pattern matches anywhere in `text`.
  [[nodiscard]] bool matches(std::string_view text) const;
  /// As it was written.
  [[nodiscard]] const std::string& pattern() const;

 private:
  struct Compiled;
  explicit CMakeRegex(std::unique_ptr<Compiled> compiled);

  std::unique_ptr<Compiled> compiled_;
};

} // namespace winnow
