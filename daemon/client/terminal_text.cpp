// Escapes for terminals and shells.
#include "daemon/client/terminal_text.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>

#include <algorithm>

namespace winnow::client {

std::string escape_controls(std::string_view text)
{
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool line_end = byte == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    // 0xc2 0x80 to 0xc2 0x9f are the control characters of the upper half in UTF-8.
    const bool upper =
        byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
    if (upper || (byte < 0x20 && byte != '\t' && byte != '\n' && !line_end) || byte == 0x7f) {
      shown += fmt::format("\\x{:02x}", byte);
    } else if (!line_end) {
      shown += text[i];
    }
  }
  return shown;
}

std::string without_ci_commands(std::string_view text)
{
  std::string safe;
  safe.reserve(text.size());
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    std::string line(text.substr(0, end));
    text.remove_prefix(end);
    const std::size_t first = line.find_first_not_of(" \t");
    if (first != std::string::npos && line.compare(first, 2, "::") == 0) {
      line.insert(first + 1, 1, ' ');
    }
    for (std::size_t at = line.find("##"); at != std::string::npos; at = line.find("##", at + 3)) {
      line.insert(at + 1, 1, ' ');
    }
    safe += line;
  }
  return safe;
}

std::size_t terminal_columns(std::FILE* out)
{
  constexpr std::size_t usual = 80;
  winsize size{};
  const bool told = ::ioctl(::fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return told ? size.ws_col : usual;
}

std::string_view first_columns(std::string_view text, std::size_t columns)
{
  std::size_t taken = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool continues = (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U;
    if (!continues && taken++ == columns) {
      return text.substr(0, at);
    }
  }
  return text;
}

std::string shell_quoted(std::string_view word)
{
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789_-+=./:,@%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos) {
    return std::string(word);
  }
  std::string quoted = "'";
  for (const char letter : word) {
    quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  }
  return quoted + "'";
}

} // namespace winnow::client
