// The words of a command line that may name files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// Words of a command, and the directory their relative names would start at.
struct DirectoryWords {
  std::string directory; ///< absolute
  std::vector<std::string> words;
};

/// Splits a shell command at blanks and operators, quotes resolved, and follows `cd DIR`. Operators
/// and the directories of `cd` are left out. A quoted command (`sh -c "…"`) stays one word, which
/// path_pieces() takes apart.
std::vector<DirectoryWords> command_words(std::string_view command, const std::string& directory);

/// The pieces of one word, argument or environment value that could be paths, the whole of it
/// first: behind options (`-DX=a`, `-Wl,--dynamic-list=a`, `@a`, `-T/a`), in lists, in quoted
/// commands. Rather too many than too few: the caller keeps those that exist.
std::vector<std::string> path_pieces(std::string_view word);

/// Whether the whole word is all of its pieces.
bool is_one_piece(std::string_view word);

} // namespace winnow::ingest
