// The words of a command line that may name files.
#pragma once

#include "analyzer/ingest/shell_words.hpp"
#include "analyzer/model/roots.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// Words of a command, and the directory their relative names would start at.
struct DirectoryWords {
  std::string directory; ///< absolute
  std::vector<std::string> words;
};

/// Follows `cd DIR`. Operators and the directories of `cd` are left out. A quoted command
/// (`sh -c "…"`) stays one word, which path_pieces() takes apart.
std::vector<DirectoryWords> command_words(std::vector<ShellWord> words,
                                          const std::string& directory);

/// The path, absolute, that `path` means from a directory.
std::string from_directory(std::string_view path, const std::string& directory);

/// Absolute paths of the sources that what runs after a `cd` is given, as CMake writes all commands
/// of users: they may be directories. Not where options like -I only say where to look, nor what is
/// in the build tree, where commands mostly write.
std::vector<std::string> sources_given(std::span<const DirectoryWords> command, const Roots& roots);

/// The pieces of one word, argument or environment value that could be paths, the whole of it
/// first: behind options (`-DX=a`, `-Wl,--dynamic-list=a`, `@a`, `-T/a`), in lists, in quoted
/// commands. Rather too many than too few: the caller keeps those that exist.
std::vector<std::string> path_pieces(std::string_view word);

/// Whether the whole word is all of its pieces.
bool is_one_piece(std::string_view word);

} // namespace winnow::ingest
