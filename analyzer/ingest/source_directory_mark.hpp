// The source directory of a CTest file: CMake names it in a comment at the top.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

namespace winnow::ingest {

/// Absolute; nothing where `text` does not begin as CMake's do.
inline std::optional<std::string_view> marked_source_directory(std::string_view text)
{
  static constexpr std::string_view mark = "# Source directory: ";
  const std::size_t at = text.substr(0, 4096).find(mark);
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  text.remove_prefix(at + mark.size());
  return text.substr(0, text.find_first_of("\r\n"));
}

} // namespace winnow::ingest
