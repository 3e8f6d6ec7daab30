// A word scanner; a word that ends in a colon is a target.
#include "analyzer/ingest/depfile.hpp"

#include <fmt/format.h>

#include <unordered_set>

namespace winnow::ingest {
namespace {

bool is_blank(char c)
{
  return c == ' ' || c == '\t' || c == '\r';
}

enum class WordEnd { blank, colon, line };

struct Word {
  std::string text;
  WordEnd end = WordEnd::line;
};

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  [[nodiscard]] bool done() const { return at_ >= text_.size(); }

  /// The next word of the line, "" where the line has no more.
  Word next()
  {
    skip_blanks();
    Word word;
    while (!done()) {
      const char c = text_[at_];
      if (c == '\n' || is_blank(c) || continuation() > 0) {
        break;
      }
      if (c == ':' && (at_ + 1 == text_.size() || is_blank(text_[at_ + 1]) ||
                       text_[at_ + 1] == '\n' || continuation(at_ + 1) > 0)) {
        ++at_;
        word.end = WordEnd::colon;
        return word;
      }
      read_character(word.text);
    }
    skip_blanks();
    if (done() || text_[at_] == '\n') {
      ++at_;
      word.end = WordEnd::line;
    } else if (text_[at_] == ':') {
      ++at_;
      word.end = WordEnd::colon;
    } else {
      word.end = WordEnd::blank;
    }
    return word;
  }

 private:
  [[nodiscard]] std::size_t continuation() const { return continuation(at_); }

  [[nodiscard]] std::size_t continuation(std::size_t at) const
  {
    const std::string_view rest = text_.substr(at);
    return rest.starts_with("\\\n") ? 2 : rest.starts_with("\\\r\n") ? 3 : 0;
  }

  void skip_blanks()
  {
    while (!done()) {
      if (const std::size_t length = continuation(); length > 0) {
        at_ += length;
      } else if (is_blank(text_[at_])) {
        ++at_;
      } else {
        return;
      }
    }
  }

  void read_character(std::string& word)
  {
    static constexpr std::string_view escaped_by_backslash = " #:\\[]*";
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    // Only these: a backslash before anything else is part of a name.
    const bool escape = (text_[at_] == '\\' && next != '\\' && next != '\0' &&
                         escaped_by_backslash.find(next) != std::string_view::npos) ||
                        (text_[at_] == '$' && next == '$');
    at_ += escape ? 1 : 0;
    word += text_[at_++];
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

} // namespace

Result<Depfile> parse_depfile(std::string_view text, const std::string& path)
{
  Depfile depfile;
  std::unordered_set<std::string> seen_targets;
  std::unordered_set<std::string> seen_inputs;
  std::vector<std::string> words; // of the rule at hand, before its colon
  bool behind_colon = false;
  for (Scanner scanner(text); !scanner.done();) {
    Word word = scanner.next();
    if (!word.text.empty()) {
      if (!behind_colon) {
        words.push_back(std::move(word.text));
      } else if (seen_inputs.insert(word.text).second) {
        depfile.inputs.push_back(std::move(word.text));
      }
    }
    if (word.end == WordEnd::colon && !behind_colon) {
      behind_colon = true;
      for (std::string& target : words) {
        if (seen_targets.insert(target).second) {
          depfile.targets.push_back(std::move(target));
        }
      }
      words.clear();
    }
    if (word.end == WordEnd::line || scanner.done()) {
      if (!words.empty()) {
        return data_error(fmt::format("{}: '{}' is no rule", path, words.front()));
      }
      behind_colon = false;
    }
  }
  return depfile;
}

} // namespace winnow::ingest
