// Escapes what markup is made of.
#include "analyzer/report/html_text.hpp"

#include "analyzer/report/path_text.hpp"

#include <fmt/format.h>

namespace winnow::report {

std::string html_text(std::string_view bytes)
{
  std::string text;
  for (const char c : utf8_or_replaced(bytes)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '&') {
      text += "&amp;";
    } else if (c == '<') {
      text += "&lt;";
    } else if (c == '>') {
      text += "&gt;";
    } else if (c == '"') {
      text += "&quot;";
    } else if (c == '\'') {
      text += "&#39;";
    } else if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f) {
      text += fmt::format("&#{};", byte == 0x7f ? 0x2421 : 0x2400 + byte);
    } else {
      text += c;
    }
  }
  return text;
}

} // namespace winnow::report
