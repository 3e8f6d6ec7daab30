// Steps through C-like text: blanks, comments, splices and literals.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace winnow::ingest {

/// A position in a text, moved over one lexical thing at a time. Never moves beyond the end.
class DirectiveCursor {
 public:
  explicit DirectiveCursor(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }

  [[nodiscard]] char here() const { return at_end() ? '\0' : text_[at_]; }

  [[nodiscard]] std::size_t position() const { return at_; }

  [[nodiscard]] std::string_view from(std::size_t begin) const
  {
    return text_.substr(begin, at_ - begin);
  }

  void advance() { ++at_; }

  /// Over characters that begin nothing of interest.
  void skip_plain();
  /// Over a backslash that joins two lines, blanks between it and the line's end allowed.
  bool skip_splice();
  /// Over one comment; an unfinished one ends with the text.
  bool skip_comment();
  /// Over blanks, splices and comments; line ends only where those join lines.
  void skip_blanks();
  /// Over a literal that begins here; returns what is between its quotes. One that is not closed
  /// ends with its line. A ' between digits is passed over as nothing.
  std::string_view skip_literal();
  /// An identifier or keyword, splices inside removed; "" if none begins here.
  std::string word();
  /// Up to and including `close`, splices removed; false, at the line's end, if it does not come.
  bool delimited(char close, std::string& name);
  /// The rest of the logical line, splices removed, comments as blanks, literals whole.
  std::string rest_of_line();

 private:
  [[nodiscard]] std::size_t behind_splices(std::size_t at) const;
  [[nodiscard]] std::size_t splice_at(std::size_t at) const;
  [[nodiscard]] bool is_raw() const;
  [[nodiscard]] bool separates_digits() const;
  std::string_view skip_raw();
  void append_spliced(std::size_t begin, std::string& line) const;

  std::string_view text_;
  std::size_t at_ = 0;
  bool raw_ = true; ///< false behind an unfinished raw string: each would be sought to the end
};

} // namespace winnow::ingest
