// Cuts the runs of changed lines with the lines of the commands.
#include "analyzer/select/edited_files.hpp"

#include <algorithm>
#include <string>

namespace winnow::select {
namespace {

bool is_word_character(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '+';
}

bool has_word(std::string_view text, std::string_view word)
{
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word_character(text[at - 1]) || !is_word_character(word.front())) &&
        (end == text.size() || !is_word_character(text[end]))) {
      return true;
    }
  }
  return false;
}

/// The first line of the command that is changed, or behind which lines of it are gone.
std::optional<std::uint32_t> first_changed(const CommandLines& command, const ChangedLines& lines)
{
  if (lines.count == 0) {
    const bool inside = command.first <= lines.first && lines.first < command.last;
    return inside ? std::optional(lines.first) : std::nullopt;
  }
  const std::uint32_t first = std::max(command.first, lines.first);
  const std::uint32_t last = std::min(command.last, lines.first + lines.count - 1);
  return first <= last ? std::optional(first) : std::nullopt;
}

/// Whether CMake would execute any of these lines; those of a bracket comment pass for code.
bool has_code(std::string_view text)
{
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::size_t first = text.find_first_not_of(" \t\r");
    if (first < end && text[first] != '#') {
      return true;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

} // namespace

EditedFiles::EditedFiles(std::span<const EditedFile> edited)
{
  for (const EditedFile& file : edited) {
    File known{&file, {}};
    for (const ChangedLines& lines : file.changes) {
      Change change{&lines, std::max(lines.first, 1U), {}};
      for (const CommandLines& command : file.commands) {
        if (const auto line = first_changed(command, lines)) {
          change.line = change.commands.empty() ? *line : change.line;
          change.commands.push_back(&command);
        }
      }
      if (file.commands.empty() || !change.commands.empty() || has_code(lines.text)) {
        known.changes.push_back(std::move(change));
      }
    }
    files_.push_back(std::move(known));
  }
}

const EditedFiles::File* EditedFiles::find(std::string_view file) const
{
  const auto found =
      std::ranges::find(files_, file, [](const File& known) { return known.edited->path; });
  return found == files_.end() ? nullptr : &*found;
}

std::optional<CMakePlace> EditedFiles::only_command() const
{
  const File* only = nullptr;
  for (const File& file : files_) {
    if (file.edited->changes.empty() || (only != nullptr && !file.changes.empty())) {
      return std::nullopt;
    }
    only = file.changes.empty() ? only : &file;
  }
  return only != nullptr && only->changes.front().commands.size() <= 1
             ? only_change_in(only->edited->path)
             : std::nullopt;
}

std::optional<CMakePlace> EditedFiles::only_change_in(std::string_view file) const
{
  const File* known = find(file);
  return known != nullptr && known->changes.size() == 1
             ? std::optional(CMakePlace{known->edited->path, known->changes.front().line})
             : std::nullopt;
}

std::optional<CMakePlace> EditedFiles::change_at(const CMakePlace& place) const
{
  const File* file = find(place.file);
  if (file == nullptr) {
    return std::nullopt;
  }
  for (const Change& change : file->changes) {
    for (const CommandLines* command : change.commands) {
      if (command->first == place.line) {
        return CMakePlace{place.file, *first_changed(*command, *change.lines)};
      }
    }
  }
  return std::nullopt;
}

template <class Names>
std::optional<CMakePlace> EditedFiles::first_change(Names&& names) const
{
  for (const File& file : files_) {
    for (const Change& change : file.changes) {
      for (const CommandLines* command : change.commands) {
        if (names(command->text)) {
          return CMakePlace{file.edited->path, *first_changed(*command, *change.lines)};
        }
      }
      if (names(change.lines->text)) {
        return CMakePlace{file.edited->path, change.line};
      }
    }
  }
  return std::nullopt;
}

std::optional<CMakePlace> EditedFiles::change_naming(std::string_view name) const
{
  if (name.empty()) {
    return std::nullopt;
  }
  const std::string first = "(" + std::string(name);
  const auto place = first_change([&](std::string_view text) { return has_word(text, first); });
  return place ? place : first_change([&](std::string_view text) { return has_word(text, name); });
}

} // namespace winnow::select
