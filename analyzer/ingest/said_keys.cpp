// One pass over the words of each line.
#include "analyzer/ingest/said_keys.hpp"

#include "analyzer/model/said_key.hpp"
#include "analyzer/model/script_extension.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>

namespace winnow::ingest {
namespace {

using Visit = std::function<void(std::string_view)>;

/// What goes through directories: commands, functions of languages, and git, which lists files.
constexpr std::array<std::string_view, 26> searching{
    "find",    "fd",      "ls",      "tree",        "rg",       "ag",    "ack",
    "git",     "tar",     "rsync",   "walk",        "glob",     "iglob", "rglob",
    "listdir", "scandir", "iterdir", "readdir",     "opendir",  "GLOB",  "GLOB_RECURSE",
    "gci",     "parents", "pardir",  "readdirSync", "ChildItem"};

bool is_name_character(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_word(char c)
{
  static constexpr std::string_view others = ".+-/";
  return is_name_character(c) || others.find(c) != std::string_view::npos;
}

bool is_one_of(char c, std::string_view characters)
{
  return characters.find(c) != std::string_view::npos;
}

/// `-r`, `-R`, `-rn`, but not `-rf`, which removes.
bool is_recursive_option(std::string_view word)
{
  constexpr std::size_t longest = 4;
  return word.size() > 1 && word.size() <= longest && word[0] == '-' && word[1] != '-' &&
         word.find_first_of("rR") != std::string_view::npos &&
         word.find('f') == std::string_view::npos;
}

class Line {
 public:
  Line(std::string_view text, TextForm form, const Roots& roots, const Visit& visit)
      : text_(text), form_(form), roots_(roots), visit_(visit)
  {}

  void read() const
  {
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t begin = at;
      while (at < text_.size() && is_word(text_[at])) {
        ++at;
      }
      if (at > begin) {
        read_word(begin, at);
      } else if (text_[at] == '*') {
        read_star(at);
      }
      at += at == begin ? 1 : 0;
    }
  }

 private:
  [[nodiscard]] char at(std::size_t place) const
  {
    return place < text_.size() ? text_[place] : ' ';
  }

  [[nodiscard]] char before(std::size_t place) const { return place == 0 ? ' ' : text_[place - 1]; }

  /// `*.txt` says an extension, which read_word() sees.
  void read_star(std::size_t place) const
  {
    const bool extension = at(place + 1) == '.' && is_name_character(at(place + 2));
    const bool in_path = before(place) == '/' || at(place + 1) == '/';
    const bool alone = is_one_of(before(place), " \t'\"(=") && is_one_of(at(place + 1), " \t'\";");
    if (!extension && (in_path || (alone && form_ == TextForm::shell))) {
      visit_(any_file);
    }
  }

  void read_word(std::size_t begin, std::size_t end) const
  {
    std::string_view word = text_.substr(begin, end - begin);
    if (is_recursive_option(word)) {
      visit_(any_file);
    }
    word = behind_roots(word);
    const bool is_tail = is_one_of(before(begin), "%$}*?>])`");
    while (!word.empty()) {
      const std::size_t slash = word.find('/');
      read_component(word.substr(0, slash), slash == std::string_view::npos, is_tail);
      word.remove_prefix(slash == std::string_view::npos ? word.size() : slash + 1);
    }
  }

  [[nodiscard]] std::string_view behind_roots(std::string_view word) const
  {
    if (roots_.build != roots_.source && behind(roots_.build, word)) {
      return word.substr(word.rfind('/') + 1);
    }
    const std::optional<std::string_view> below = behind(roots_.source, word);
    if (below && (below->empty() || *below == "/" || *below == "/.")) {
      visit_(any_file);
    }
    return below.value_or(word);
  }

  /// What follows the directory, where the word begins with it, or an option does.
  static std::optional<std::string_view> behind(std::string_view directory, std::string_view word)
  {
    const std::size_t begin = word.find('/');
    if (begin == std::string_view::npos || (begin != 0 && word[0] != '-')) {
      return std::nullopt;
    }
    const std::string_view path = word.substr(begin);
    const bool below = path.starts_with(directory) &&
                       (path.size() == directory.size() || path[directory.size()] == '/');
    return below ? std::optional(path.substr(directory.size())) : std::nullopt;
  }

  void read_component(std::string_view name, bool is_last, bool is_tail) const
  {
    if (is_last && name == "..") {
      visit_(any_file);
    }
    name = name.substr(0, name.find_last_not_of('.') + 1);
    if (name.empty()) {
      return;
    }
    const std::size_t dot = name.rfind('.');
    visit_(directory_key(name));
    say_pieces(name);
    say(name);
    if (is_last && dot != std::string_view::npos && (is_tail || dot == 0)) {
      const std::string_view extension = name.substr(dot);
      say(extension);
    }
  }

  /// Of `os.walk`, `.parent.parent` and `Get-ChildItem`.
  void say_pieces(std::string_view name) const
  {
    for (std::size_t begin = 0; begin < name.size();) {
      const std::size_t end = std::min(name.find_first_of(".-+", begin), name.size());
      if (std::ranges::find(searching, name.substr(begin, end - begin)) != searching.end()) {
        visit_(any_file);
      }
      begin = end + 1;
    }
    if (name.find("parent.parent") != std::string_view::npos) {
      visit_(any_file);
    }
  }

  void say(std::string_view literal) const
  {
    const std::string_view key = said_key_of(literal);
    if (!key.empty() && key != any_file) {
      visit_(key);
    }
    if (key != literal && names_script(literal)) {
      visit_(literal);
    }
  }

  std::string_view text_;
  TextForm form_;
  const Roots& roots_;
  const Visit& visit_;
};

} // namespace

bool names_script(std::string_view literal)
{
  return has_script_extension(literal.starts_with('.') ? "x" + std::string(literal)
                                                       : std::string(literal));
}

void find_keys_in_text(std::string_view text, TextForm form, const Roots& roots, const Visit& visit)
{
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    const std::size_t first = line.find_first_not_of(" \t");
    const bool is_comment = first != std::string_view::npos && line[first] == '#' &&
                            !(begin == 0 && line.starts_with("#!"));
    if (!is_comment) {
      Line(line, form, roots, visit).read();
    }
    begin = end + 1;
  }
}

} // namespace winnow::ingest
