// Patterns of paths, as gitignore(5) has them.
#pragma once

#include "analyzer/model/error.hpp"

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

enum class PathKind { file, directory };

/// A pattern in the language of gitignore(5), relative to the source root:
/// - `*` stands for any characters but a slash, `?` for one, `[a-z]`, `[!a-z]` and `[[:alpha:]]`
/// for
///   one of a set; a backslash makes the next character a literal;
/// - `**` as a whole component stands for any number of directories; at the end, for all inside;
/// - with a slash in front or inside it starts at the source root, else it may match at any depth;
/// - with a slash at the end it matches directories only;
/// - a pattern that matches a directory matches everything below it.
/// Unlike there, `#` and blanks are ordinary characters, and a `!` in front is an error: rules say
/// themselves what they do. Leading `../` lead out of the source root, for repositories that begin
/// above it. Bytes are compared, upper and lower case differ. At most 4096 bytes.
class PathPattern {
 public:
  /// A user error says what is wrong with the pattern. `source_root` is where `../` starts.
  static Result<PathPattern> compile(std::string_view pattern, std::string_view source_root = {});

  /// Whether the pattern matches a graph path or a directory above it; O(pattern × path). Absolute
  /// paths are matched by patterns with `../` only, and these match nothing else.
  [[nodiscard]] bool matches(std::string_view path, PathKind kind = PathKind::file) const;

  /// As it was written.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  friend class PathPatternParser;

  using ByteSet = std::bitset<256>;

  struct Token {
    enum class Kind {
      one,         ///< one byte out of `bytes`
      run,         ///< `*`: any bytes but slashes
      rest,        ///< `**` at the end: any bytes
      directories, ///< `**/`: nothing, or what `inside` takes
      inside       ///< any bytes up to a slash, again and again
    };

    Kind kind = Kind::one;
    ByteSet bytes;
  };

  using States = std::vector<char>;

  void enter(States& states, std::size_t state) const;
  void step(const States& states, unsigned char byte, States& next) const;

  std::string text_;
  std::vector<Token> tokens_;
  bool directories_only_ = false;
  bool absolute_ = false;
};

} // namespace winnow
