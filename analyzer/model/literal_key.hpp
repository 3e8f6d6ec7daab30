// How a graph keeps the names that stand in the string literals of sources.
#pragma once

#include <string>
#include <string_view>

namespace winnow {

/// The last component of a path in a literal, in one of these forms: "t.txt" of a file, ".txt" of
/// files whose names are put together, "data/" of a directory, or of a file without an extension,
/// "python" of a program that runs files (foreign_tool.hpp), and "" of a source whose
/// literals nobody can read: it may name anything.
inline constexpr std::string_view unreadable_literals;

inline std::string directory_key(std::string_view directory)
{
  return std::string(directory.substr(directory.rfind('/') + 1)) + "/";
}

inline std::string_view file_key(std::string_view path)
{
  return path.substr(path.rfind('/') + 1);
}

/// ".txt"; "" of a file without an extension.
inline std::string_view extension_key(std::string_view path)
{
  const std::string_view name = file_key(path);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot);
}

} // namespace winnow
