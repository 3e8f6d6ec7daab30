// It need not be known what a shell would do, only what a path could be.
#include "analyzer/ingest/command_words.hpp"

#include "analyzer/ingest/shell_scanner.hpp"
#include "analyzer/model/roots.hpp"

#include <algorithm>
#include <optional>

namespace winnow::ingest {
namespace {

constexpr std::string_view separators = " \t\r\n=,:;@\"'()<>|&";

} // namespace

bool is_one_piece(std::string_view word)
{
  return !word.starts_with('-') && word.find_first_of(separators) == std::string_view::npos;
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
    const std::size_t end = std::min(word.find_first_of(separators, begin), word.size());
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

std::vector<DirectoryWords> command_words(std::string_view command, const std::string& directory)
{
  std::vector<DirectoryWords> groups{{directory, {}}};
  bool command_begins = true;
  bool directory_follows = false;
  ShellScanner scanner(command);
  while (std::optional<std::string> next = scanner.next()) {
    std::string& word = *next;
    if (is_operator(word)) {
      command_begins = true;
    } else if (directory_follows) {
      const std::string& here = groups.back().directory;
      groups.push_back({lexically_normal(word.starts_with('/') ? word : here + "/" + word), {}});
      directory_follows = false;
    } else {
      directory_follows = command_begins && word == "cd";
      command_begins = false;
      groups.back().words.push_back(std::move(word));
    }
  }
  return groups;
}

} // namespace winnow::ingest
