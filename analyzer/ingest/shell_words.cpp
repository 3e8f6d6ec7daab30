// Quotes, backslashes and operators; variables and substitutions are ordinary text.
#include "analyzer/ingest/shell_words.hpp"

#include "analyzer/ingest/character_set.hpp"

#include <algorithm>

namespace winnow::ingest {
namespace {

constexpr CharacterSet blanks(" \t\r\n");
constexpr CharacterSet operators("&|;()<>");
constexpr CharacterSet specials(" \t\r\n&|;()<>'\"\\");

/// Walks over a command.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text), at_(blanks.past(text, 0)) {}

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }

  /// Not at the end.
  ShellWord next()
  {
    ShellWord word{{}, at_, at_};
    if (operators.contains(text_[at_])) {
      at_ = operators.past(text_, at_);
      word.text = text_.substr(word.begin, at_ - word.begin);
    } else {
      while (!at_end() && !blanks.contains(text_[at_]) && !operators.contains(text_[at_])) {
        read_part(word.text);
      }
    }
    word.end = at_;
    at_ = blanks.past(text_, at_);
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
      while (!at_end() && text_[at_] != '"') {
        at_ += text_[at_] == '\\' && at_ + 1 < text_.size() ? 1 : 0;
        word += text_[at_++];
      }
      at_ = std::min(at_ + 1, text_.size());
    } else if (c == '\\' && !at_end()) {
      word += text_[at_++];
    } else {
      const std::size_t end = specials.first_in(text_, at_);
      word += text_.substr(at_ - 1, end - at_ + 1);
      at_ = end;
    }
  }

  std::string_view text_;
  std::size_t at_;
};

} // namespace

std::vector<ShellWord> shell_words(std::string_view command)
{
  std::vector<ShellWord> words;
  for (Scanner scanner(command); !scanner.at_end();) {
    words.push_back(scanner.next());
  }
  return words;
}

bool is_operator(std::string_view word)
{
  return !word.empty() && operators.past(word, 0) == word.size();
}

} // namespace winnow::ingest
