// How a graph keeps what commands, tests, scripts and literals say of files that nobody is known to
// read.
#pragma once

#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/foreign_tool.hpp"
#include "analyzer/model/literal_key.hpp"

#include <string>
#include <string_view>

namespace winnow {

/// What lists directories by itself, is given the root of the sources, or cannot be looked into,
/// says any file. The other keys are those of literals, of sources, CMake files and directories,
/// and the tool of a language (foreign_tool.hpp), which is said by its programs and by any name of
/// its files.
inline constexpr std::string_view any_file = "*";

/// The key under which a literal's key is kept; "" if it is not: only names of directories do not
/// tell by themselves whether they are asked for.
inline std::string_view said_key_of(std::string_view literal)
{
  if (literal == unreadable_literals) {
    return any_file;
  }
  if (literal.ends_with('/')) {
    return literal;
  }
  if (const std::string_view tool = tool_in(literal); !tool.empty()) {
    return tool;
  }
  const std::string name = literal.starts_with('.') ? "x" + std::string(literal) : std::string();
  const std::string_view path = name.empty() ? literal : std::string_view(name);
  if (const std::string_view tool = foreign_tool_of(path); !tool.empty()) {
    return tool;
  }
  const FileKind kind = file_kind(path);
  return kind == FileKind::source || kind == FileKind::configuration ? literal : "";
}

} // namespace winnow
