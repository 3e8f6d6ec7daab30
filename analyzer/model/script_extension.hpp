// Which files are scripts, as far as their names tell.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace winnow {

/// Whether an interpreter reads a file of that name, which may read others of its kind by itself.
constexpr bool has_script_extension(std::string_view path)
{
  constexpr std::array<std::string_view, 17> extensions{"py",  "sh",  "bash", "zsh", "pl",   "pm",
                                                        "rb",  "lua", "js",   "mjs", "tcl",  "awk",
                                                        "php", "ps1", "bat",  "cmd", "cmake"};
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  return dot != std::string_view::npos && dot > 0 &&
         std::ranges::find(extensions, name.substr(dot + 1)) != extensions.end();
}

} // namespace winnow
