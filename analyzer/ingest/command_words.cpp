// It need not be known what a shell would do, only what a path could be.
#include "analyzer/ingest/command_words.hpp"

#include "analyzer/ingest/character_set.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace winnow::ingest {
namespace {

constexpr CharacterSet separators(" \t\r\n=,:;@\"'()<>|&");

/// Whether the word behind it is a place to look for files in.
bool begins_search(std::string_view word)
{
  static constexpr std::array<std::string_view, 6> options{"-I",       "-L",      "-F",
                                                           "-isystem", "-iquote", "-idirafter"};
  return std::ranges::find(options, word) != options.end();
}

/// `cmake -E cmake_transform_depfile`, with which CMake follows commands that have a DEPFILE: what
/// directories it is given are those that the paths in the depfile are relative to.
constexpr std::string_view depfile_transformer = "cmake_transform_depfile";
constexpr std::size_t depfile_transformer_arguments = 8;

} // namespace

bool is_one_piece(std::string_view word)
{
  return !word.starts_with('-') && separators.first_in(word, 0) == word.size();
}

std::vector<std::string> path_pieces(std::string_view word)
{
  std::vector<std::string> pieces;
  const auto keep = [&](std::string_view piece) {
    if (!piece.empty() && std::find(pieces.begin(), pieces.end(), piece) == pieces.end()) {
      pieces.emplace_back(piece);
    }
  };
  keep(word);
  // What stands behind the first of these may hold any other of them: `-DX=/a,b`, `@/a`.
  for (const char first : {'=', '@', ',', ':'}) {
    if (const std::size_t at = word.find(first); at != std::string_view::npos) {
      keep(word.substr(at + 1));
    }
  }
  for (std::size_t begin = 0; begin < word.size();) {
    const std::size_t end = separators.first_in(word, begin);
    const std::string_view piece = word.substr(begin, end - begin);
    keep(piece);
    // An option whose value follows without a separator: `-T/a/b`, `-Ia`.
    if (piece.size() > 2 && piece[0] == '-' && piece[1] != '-') {
      const std::size_t slash = piece.find('/');
      keep(piece.substr(2));
      keep(slash == std::string_view::npos ? std::string_view() : piece.substr(slash));
    }
    begin = end + 1;
  }
  return pieces;
}

std::string from_directory(std::string_view path, const std::string& directory)
{
  return lexically_normal(path.starts_with('/') ? std::string(path)
                                                : directory + "/" + std::string(path));
}

std::vector<DirectoryWords> command_words(std::vector<ShellWord> words,
                                          const std::string& directory)
{
  std::vector<DirectoryWords> groups{{directory, {}}};
  bool command_begins = true;
  bool directory_follows = false;
  for (auto& [word, begin, end] : words) {
    if (is_operator(word)) {
      command_begins = true;
    } else if (directory_follows) {
      groups.push_back({from_directory(word, groups.back().directory), {}});
      directory_follows = false;
    } else {
      directory_follows = command_begins && word == "cd";
      command_begins = false;
      groups.back().words.push_back(std::move(word));
    }
  }
  return groups;
}

std::vector<std::string> sources_given(std::span<const DirectoryWords> command, const Roots& roots)
{
  std::vector<std::string> paths;
  for (const DirectoryWords& group : command.subspan(1)) {
    bool searches = false;
    std::size_t passed_over = 0;
    for (const std::string& word : group.words) {
      if (passed_over > 0) {
        --passed_over;
        continue;
      }
      passed_over = word == depfile_transformer ? depfile_transformer_arguments : 0;
      const bool searched = std::exchange(searches, begins_search(word));
      if (searched || word.starts_with('-')) {
        continue;
      }
      std::string path = from_directory(word, group.directory);
      if (origin_of(roots.graph_path(path)) == Origin::source) {
        paths.push_back(std::move(path));
      }
    }
  }
  return paths;
}

} // namespace winnow::ingest
