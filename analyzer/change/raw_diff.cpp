// Reads records of one status and one or two paths.
#include "analyzer/change/raw_diff.hpp"

#include "analyzer/change/git_command.hpp"

#include <fmt/format.h>

#include <string>

namespace winnow::change {
namespace {

ChangeStatus status_of(char letter)
{
  switch (letter) {
  case 'A':
  case 'C':
    return ChangeStatus::added;
  case 'D':
    return ChangeStatus::deleted;
  case 'R':
    return ChangeStatus::renamed;
  default:
    return ChangeStatus::modified;
  }
}

} // namespace

Result<std::vector<ChangedFile>> read_raw_diff(std::string_view output)
{
  const std::vector<std::string_view> parts = split_at_nul(output);
  std::vector<ChangedFile> files;
  for (std::size_t i = 0; i < parts.size();) {
    const std::string_view record = parts[i++];
    const std::size_t space = record.rfind(' ');
    if (!record.starts_with(':') || space == std::string_view::npos || space + 1 == record.size()) {
      return data_error(fmt::format("git printed a diff record that is none: '{}'", record));
    }
    const char letter = record[space + 1];
    const std::size_t paths = letter == 'R' || letter == 'C' ? 2 : 1;
    if (parts.size() - i < paths) {
      return data_error("the output of git diff ends in the middle of a record");
    }
    ChangedFile file{std::string(parts[i + paths - 1]), status_of(letter), {}};
    if (letter == 'R') {
      file.old_path = parts[i];
    }
    files.push_back(std::move(file));
    i += paths;
  }
  return files;
}

} // namespace winnow::change
