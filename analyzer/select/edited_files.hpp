// The edited lines of all files that configuring reads, looked up by command and by name.
#pragma once

#include "analyzer/model/cmake_edit.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace winnow::select {

class EditedFiles {
 public:
  /// `edited` must outlive this.
  explicit EditedFiles(std::span<const EditedFile> edited);

  /// The only change that can matter, where it is one of a single command. Nothing where there are
  /// several, or a file of which no lines are known.
  [[nodiscard]] std::optional<CMakePlace> only_command() const;
  /// The only change of a file that can matter, of however many commands.
  [[nodiscard]] std::optional<CMakePlace> only_change_in(std::string_view file) const;

  /// The first edited line of the command that stands at `place`.
  [[nodiscard]] std::optional<CMakePlace> change_at(const CMakePlace& place) const;
  /// The first edited line of a command that has `name` as its first argument, now or before, else
  /// of one that has it among its words.
  [[nodiscard]] std::optional<CMakePlace> change_naming(std::string_view name) const;

  [[nodiscard]] bool contain(std::string_view file) const { return find(file) != nullptr; }

 private:
  struct Change {
    const ChangedLines* lines;
    std::uint32_t line; ///< the first that can matter
    std::vector<const CommandLines*> commands;
  };

  struct File {
    const EditedFile* edited;
    std::vector<Change> changes; ///< those that can matter
  };

  [[nodiscard]] const File* find(std::string_view file) const;
  template <class Names>
  [[nodiscard]] std::optional<CMakePlace> first_change(Names&& names) const;

  std::vector<File> files_;
};

} // namespace winnow::select
