// Reads records of one status and one or two paths.
#include "analyzer/change/raw_diff.hpp"

#include "analyzer/change/git_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

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

/// `:mode mode id id status`
std::optional<std::array<std::string_view, 5>> words_of(std::string_view record)
{
  if (!record.starts_with(':')) {
    return std::nullopt;
  }
  record.remove_prefix(1);
  std::array<std::string_view, 5> words;
  for (std::string_view& word : words) {
    const std::size_t space = std::min(record.find(' '), record.size());
    word = record.substr(0, space);
    record.remove_prefix(std::min(space + 1, record.size()));
    if (word.empty()) {
      return std::nullopt;
    }
  }
  return record.empty() ? std::optional(words) : std::nullopt;
}

RawSide side_of(std::string_view mode, std::string_view id)
{
  return {std::string(mode), ContentHash::from_hex(id).value_or(ContentHash{})};
}

} // namespace

bool is_worth_a_name(const ContentHash& content)
{
  static const ContentHash nothing = hash_content("");
  return content.known() && content != nothing;
}

Result<std::vector<RawChange>> read_raw_diff(std::string_view output)
{
  const std::vector<std::string_view> parts = split_at_nul(output);
  std::vector<RawChange> changes;
  for (std::size_t i = 0; i < parts.size();) {
    const std::string_view record = parts[i++];
    const auto words = words_of(record);
    if (!words) {
      return data_error(fmt::format("git printed a diff record that is none: '{}'", record));
    }
    const char letter = (*words)[4].front();
    const std::size_t paths = letter == 'R' || letter == 'C' ? 2 : 1;
    if (parts.size() - i < paths) {
      return data_error("the output of git diff ends in the middle of a record");
    }
    ChangedFile file{std::string(parts[i + paths - 1]), status_of(letter), {}};
    if (letter == 'R') {
      file.old_path = parts[i];
    }
    RawChange change{std::move(file), side_of((*words)[0], (*words)[2]),
                     side_of((*words)[1], (*words)[3]), letter == 'U'};
    if (letter == 'R' && same_content(change.before.hash, change.after.hash) &&
        is_worth_a_name(change.after.hash)) {
      change.file.content = RenamedContent::same;
    }
    changes.push_back(std::move(change));
    i += paths;
  }
  return changes;
}

} // namespace winnow::change
