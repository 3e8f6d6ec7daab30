// The tokens of a ninja file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace winnow::ingest {

/// Walks over the text of one file; views it returns point into that text.
class NinjaLexer {
 public:
  explicit NinjaLexer(std::string_view text) : text_(text) {}

  /// Skips blank lines and comments. False at the end of the file.
  bool next_statement();
  /// Whether the line at hand is indented, that is belongs to the statement before. Skips comments
  /// and blank lines first, and the indentation if there is one.
  bool next_binding();
  /// A keyword, rule or variable name, and the blanks behind it; "" if there is none.
  std::string_view name();
  /// A path with its escapes, up to a blank, `:`, `|` or the end of the line, and the blanks behind
  /// it.
  std::string_view path();
  /// What is left of the line with its continuations, without the newline that ends it.
  std::string_view value();
  /// Whether `symbol` comes next; skips it and the blanks behind it if so.
  bool accept(std::string_view symbol);
  /// Whether the line ends here; goes to the next one if so.
  bool accept_line_end();

  /// Of the next character, counts from 1. Counted when asked: only errors ask.
  [[nodiscard]] std::uint32_t line() const;

  [[nodiscard]] std::size_t position() const { return at_; }

 private:
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }

  void skip_blanks();
  bool skip_continuation();

  std::string_view text_;
  std::size_t at_ = 0;
};

} // namespace winnow::ingest
