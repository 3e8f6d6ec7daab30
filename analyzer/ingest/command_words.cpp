// A tolerant scanner: it need not know what a shell would do, only what a path could be.
#include "analyzer/ingest/command_words.hpp"

#include "analyzer/model/roots.hpp"

#include <algorithm>

namespace winnow::ingest {
namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view operators = "&|;()<>";
constexpr std::string_view specials = " \t\r\n&|;()<>'\"\\";

/// A word as the shell would see it, quotes and backslashes resolved; an operator is a word of its
/// own.
class ShellScanner {
 public:
  explicit ShellScanner(std::string_view text) : text_(text) {}

  /// "" at the end.
  std::string next()
  {
    at_ = std::min(text_.find_first_not_of(blanks, at_), text_.size());
    std::string word;
    if (at_ < text_.size() && operators.find(text_[at_]) != std::string_view::npos) {
      const std::size_t begin = at_;
      at_ = std::min(text_.find_first_not_of(operators, at_), text_.size());
      return std::string(text_.substr(begin, at_ - begin));
    }
    while (at_ < text_.size() && blanks.find(text_[at_]) == std::string_view::npos &&
           operators.find(text_[at_]) == std::string_view::npos) {
      read_part(word);
    }
    return word;
  }

 private:
  void read_part(std::string& word)
  {
    const char c = text_[at_++];
    if (c == '\'') {
      const std::size_t end = std::min(text_.find('\'', at_), text_.size());
      word += text_.substr(at_, end - at_);
      at_ = std::min(end + 1, text_.size());
    } else if (c == '"') {
      while (at_ < text_.size() && text_[at_] != '"') {
        at_ += text_[at_] == '\\' && at_ + 1 < text_.size() ? 1 : 0;
        word += text_[at_++];
      }
      at_ = std::min(at_ + 1, text_.size());
    } else if (c == '\\' && at_ < text_.size()) {
      word += text_[at_++];
    } else {
      const std::size_t end = std::min(text_.find_first_of(specials, at_), text_.size());
      word += text_.substr(at_ - 1, end - at_ + 1);
      at_ = end;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

bool is_operator(const std::string& word)
{
  return !word.empty() && word.find_first_not_of(operators) == std::string::npos;
}

} // namespace

std::vector<std::string> path_pieces(std::string_view word)
{
  static constexpr std::string_view separators = " \t\r\n=,:;@\"'()<>|&";
  std::vector<std::string> pieces;
  const auto keep = [&](std::string_view piece) {
    if (!piece.empty() && std::find(pieces.begin(), pieces.end(), piece) == pieces.end()) {
      pieces.emplace_back(piece);
    }
  };
  keep(word);
  // What stands behind the first of these may hold any other of them: `-DX=/a,b`, `@/a`.
  for (const char first : {'=', '@', ',', ':'}) {
    if (const std::size_t at = word.find(first); at != std::string_view::npos) {
      keep(word.substr(at + 1));
    }
  }
  for (std::size_t begin = 0; begin < word.size();) {
    const std::size_t end = std::min(word.find_first_of(separators, begin), word.size());
    const std::string_view piece = word.substr(begin, end - begin);
    keep(piece);
    // An option whose value follows without a separator: `-T/a/b`, `-Ia`.
    if (piece.size() > 2 && piece[0] == '-' && piece[1] != '-') {
      const std::size_t slash = piece.find('/');
      keep(piece.substr(2));
      keep(slash == std::string_view::npos ? std::string_view() : piece.substr(slash));
    }
    begin = end + 1;
  }
  return pieces;
}

std::vector<DirectoryWords> command_words(std::string_view command, const std::string& directory)
{
  std::vector<DirectoryWords> groups{{directory, {}}};
  bool command_begins = true;
  bool directory_follows = false;
  ShellScanner scanner(command);
  for (std::string word = scanner.next(); !word.empty(); word = scanner.next()) {
    if (is_operator(word)) {
      command_begins = true;
    } else if (directory_follows) {
      const std::string& here = groups.back().directory;
      groups.push_back({lexically_normal(word.starts_with('/') ? word : here + "/" + word), {}});
      directory_follows = false;
    } else {
      directory_follows = command_begins && word == "cd";
      command_begins = false;
      groups.back().words.push_back(std::move(word));
    }
  }
  return groups;
}

} // namespace winnow::ingest
