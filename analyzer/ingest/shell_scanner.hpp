// The words of a shell command, and where they stand.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace winnow::ingest {

/// Tolerant: whatever the text is, it has words. Linear in the text.
class ShellScanner {
 public:
  /// A view: the text must outlive this.
  explicit ShellScanner(std::string_view text) : text_(text) {}

  /// The next word as the shell would see it, quotes and backslashes resolved; an operator is a
  /// word of its own. Nothing at the end.
  std::optional<std::string> next();

  /// Where the word that next() gave stands in the text, quotes included.
  [[nodiscard]] std::size_t begin() const { return begin_; }

  [[nodiscard]] std::size_t end() const { return at_; }

 private:
  void read_part(std::string& word);

  std::string_view text_;
  std::size_t begin_ = 0;
  std::size_t at_ = 0;
};

/// Whether the word consists of the shell's operators.
bool is_operator(std::string_view word);

} // namespace winnow::ingest
