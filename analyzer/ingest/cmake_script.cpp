// The lexical rules of cmake-language(7), as far as files hold commands only.
#include "analyzer/ingest/cmake_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace winnow::ingest {
namespace {

bool is_name_character(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

class Parser {
 public:
  Parser(std::string_view text, const std::string& path) : text_(text), path_(path) {}

  Result<std::vector<CMakeCommand>> run()
  {
    std::vector<CMakeCommand> commands;
    while (skip_blank() && at_ < text_.size()) {
      CMakeCommand command;
      command.line = line_;
      if (!read_name(command.name) || !read_arguments(command.arguments)) {
        break;
      }
      command.last_line = line_;
      commands.push_back(std::move(command));
    }
    if (!problem_.empty()) {
      return data_error(fmt::format("{}:{}: {}", path_, line_, problem_));
    }
    return commands;
  }

 private:
  bool fail(std::string problem)
  {
    problem_ = std::move(problem);
    return false;
  }

  [[nodiscard]] char peek(std::size_t ahead = 0) const
  {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void advance(std::size_t count)
  {
    line_ += static_cast<std::uint32_t>(
        std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                   text_.begin() + static_cast<std::ptrdiff_t>(at_ + count), '\n'));
    at_ += count;
  }

  /// The number of `=` between the brackets that open a bracket argument here, if one does.
  [[nodiscard]] std::optional<std::size_t> bracket_here() const
  {
    if (peek() != '[') {
      return std::nullopt;
    }
    std::size_t equals = 0;
    while (peek(1 + equals) == '=') {
      ++equals;
    }
    return peek(1 + equals) == '[' ? std::optional(equals) : std::nullopt;
  }

  bool read_bracket(std::size_t equals, std::string& content)
  {
    const std::string close = "]" + std::string(equals, '=') + "]";
    std::size_t begin = at_ + equals + 2;
    const std::size_t end = text_.find(close, begin);
    if (end == std::string_view::npos) {
      return fail("a bracket argument is not closed");
    }
    // A newline directly after the opening bracket is not content.
    const std::size_t newline = text_.substr(begin, 2) == "\r\n" ? 2 : 1;
    if (text_.substr(begin, newline).ends_with('\n')) {
      begin = std::min(begin + newline, end);
    }
    content = text_.substr(begin, end - begin);
    advance(end + close.size() - at_);
    return true;
  }

  bool skip_blank()
  {
    while (at_ < text_.size()) {
      const char c = peek();
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        advance(1);
      } else if (c == '#') {
        ++at_;
        if (const std::optional<std::size_t> equals = bracket_here()) {
          std::string comment;
          if (!read_bracket(*equals, comment)) {
            return false;
          }
        } else {
          at_ = std::min(text_.find('\n', at_), text_.size());
        }
      } else {
        break;
      }
    }
    return true;
  }

  bool read_name(std::string& name)
  {
    const std::size_t begin = at_;
    while (is_name_character(peek())) {
      ++at_;
    }
    if (at_ == begin) {
      return fail("expected a command name");
    }
    name = text_.substr(begin, at_ - begin);
    std::transform(name.begin(), name.end(), name.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    while (peek() == ' ' || peek() == '\t') {
      ++at_;
    }
    if (peek() != '(') {
      return fail(fmt::format("expected '(' after {}", name));
    }
    ++at_;
    return true;
  }

  bool read_arguments(std::vector<CMakeArgument>& arguments)
  {
    std::size_t depth = 0;
    while (skip_blank()) {
      if (at_ == text_.size()) {
        return fail("a command is not closed");
      }
      const char c = peek();
      if (c == ')' && depth == 0) {
        ++at_;
        return true;
      }
      CMakeArgument argument;
      if (c == '(' || c == ')') {
        depth = c == '(' ? depth + 1 : depth - 1;
        argument.text = c;
        ++at_;
      } else if (!read_argument(argument)) {
        return false;
      }
      arguments.push_back(std::move(argument));
    }
    return false;
  }

  bool read_argument(CMakeArgument& argument)
  {
    ats_ = 0;
    if (const std::optional<std::size_t> equals = bracket_here()) {
      argument.form = ArgumentForm::bracket;
      return read_bracket(*equals, argument.text);
    }
    if (peek() == '"') {
      argument.form = ArgumentForm::quoted;
      return read_quoted(argument);
    }
    return read_unquoted(argument);
  }

  bool read_quoted(CMakeArgument& argument)
  {
    ++at_;
    while (at_ < text_.size() && peek() != '"') {
      if (!read_character(argument)) {
        return false;
      }
    }
    if (at_ == text_.size()) {
      return fail("a quoted argument is not closed");
    }
    ++at_;
    return true;
  }

  bool read_unquoted(CMakeArgument& argument)
  {
    static constexpr std::string_view ends = " \t\r\n()#\"";
    argument.varies = text_.substr(at_).starts_with("[=");
    while (at_ < text_.size() && ends.find(peek()) == std::string_view::npos) {
      if (!read_character(argument)) {
        return false;
      }
    }
    argument.varies = argument.varies || peek() == '"';
    return true;
  }

  /// One character of a quoted or unquoted argument, escapes resolved.
  bool read_character(CMakeArgument& argument)
  {
    const char c = peek();
    if (c == '\\') {
      return read_escape(argument);
    }
    if (c == '$' && (peek(1) == '{' || text_.substr(at_).starts_with("$ENV{") ||
                     text_.substr(at_).starts_with("$CACHE{"))) {
      argument.references.push_back(static_cast<std::uint32_t>(argument.text.size()));
    }
    if (c == '@' && ++ats_ > 1) { // @NAME@ was a reference
      argument.varies = true;
    }
    argument.text += c;
    advance(1);
    return true;
  }

  bool read_escape(CMakeArgument& argument)
  {
    static constexpr std::string_view oldest = "()#\" \\$@^";
    const char c = peek(1);
    if (c == '\n' && argument.form == ArgumentForm::quoted) {
      // A line that continues.
    } else if (c == 't') {
      argument.text += '\t';
    } else if (c == 'n') {
      argument.text += '\n';
    } else if (c == 'r') {
      argument.text += '\r';
    } else if (c == ';') {
      argument.text += "\\;";
    } else if (at_ + 1 < text_.size() && !is_name_character(c)) {
      argument.varies = argument.varies || oldest.find(c) == std::string_view::npos;
      argument.text += c;
    } else {
      return fail(fmt::format("invalid escape '\\{}'",
                              at_ + 1 < text_.size() ? text_.substr(at_ + 1, 1) : ""));
    }
    advance(2);
    return true;
  }

  std::string_view text_;
  const std::string& path_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  int ats_ = 0; ///< in the argument
  std::string problem_;
};

} // namespace

Result<std::vector<CMakeCommand>> parse_cmake_script(std::string_view text, const std::string& path)
{
  return Parser(text, path).run();
}

} // namespace winnow::ingest
