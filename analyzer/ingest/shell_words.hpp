// The words of a shell command, and where they stand.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// As the shell would see it, quotes and backslashes resolved; an operator is a word of its own.
struct ShellWord {
  std::string text;
  std::size_t begin; ///< where it stands in the command, quotes included
  std::size_t end;
};

/// Tolerant: whatever the text is, it has words. Linear in the text.
std::vector<ShellWord> shell_words(std::string_view command);

/// Whether the word consists of the shell's operators.
bool is_operator(std::string_view word);

} // namespace winnow::ingest
