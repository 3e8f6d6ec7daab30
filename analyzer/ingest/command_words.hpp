// The words of a command line that may name files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// A piece of a command that could be a path, and the directory it would be relative to.
struct PathCandidate {
  std::string text;
  std::string directory; ///< absolute
};

/// Splits a shell command at blanks, quotes and operators, also inside of quoted commands (`sh -c
/// "…"`); follows `cd DIR &&`; and takes options apart (`-DX=a`, `-Wl,--dynamic-list=a`, `@a`,
/// `-T/a`). Rather too many pieces than too few: the caller keeps those that exist. Each (text,
/// directory) once.
std::vector<PathCandidate> path_candidates(std::string_view command, const std::string& directory);

/// The pieces of one argument or environment value that could be paths, the whole of it first.
std::vector<std::string> path_pieces(std::string_view word);

} // namespace winnow::ingest
