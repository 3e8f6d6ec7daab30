// Reads hunks without context: their headers tell the lines.
#include "analyzer/change/changed_lines.hpp"

#include "analyzer/change/git_command.hpp"
#include "analyzer/model/roots.hpp"

#include <charconv>
#include <optional>
#include <utility>

namespace winnow::change {
namespace {

std::string_view next_line(std::string_view& rest)
{
  const std::size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return line;
}

/// A number at the start of `text`, which is shortened by it.
std::optional<std::uint32_t> number(std::string_view& text)
{
  std::uint32_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc()) {
    return std::nullopt;
  }
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

/// "12,3", or "12" for one line.
std::optional<std::pair<std::uint32_t, std::uint32_t>> extent(std::string_view& text)
{
  const auto first = number(text);
  if (!first) {
    return std::nullopt;
  }
  if (!text.starts_with(',')) {
    return std::pair{*first, 1U};
  }
  text.remove_prefix(1);
  const auto count = number(text);
  return count ? std::optional(std::pair{*first, *count}) : std::nullopt;
}

struct Hunk {
  std::uint32_t gone = 0; ///< lines that follow with a '-'
  ChangedLines lines;
};

/// "@@ -1,2 +3,4 @@ …".
std::optional<Hunk> hunk_header(std::string_view line)
{
  static constexpr std::string_view mark = "@@ -";
  if (!line.starts_with(mark)) {
    return std::nullopt;
  }
  line.remove_prefix(mark.size());
  const auto gone = extent(line);
  if (!gone || !line.starts_with(" +")) {
    return std::nullopt;
  }
  line.remove_prefix(2);
  const auto come = extent(line);
  return come ? std::optional(Hunk{gone->second, {come->first, come->second, {}}}) : std::nullopt;
}

/// Lines of a hunk may look like headers: they are counted.
ChangedLines read_hunk(Hunk hunk, std::string_view& rest)
{
  for (std::size_t left = std::size_t{hunk.gone} + hunk.lines.count; left > 0 && !rest.empty();) {
    const std::string_view line = next_line(rest);
    if (line.starts_with('-') || line.starts_with('+')) {
      hunk.lines.text += std::string(line.substr(1)) + '\n';
      --left;
    }
  }
  return std::move(hunk.lines);
}

} // namespace

LinesByFile read_line_diff(std::string_view output)
{
  static constexpr std::string_view old_file = "--- ";
  static constexpr std::string_view new_file = "+++ ";
  static constexpr std::string_view nothing = "/dev/null";
  LinesByFile files;
  bool existed = false;
  std::vector<ChangedLines>* lines = nullptr;
  while (!output.empty()) {
    const std::string_view line = next_line(output);
    if (line.starts_with("diff ")) {
      lines = nullptr;
    } else if (line.starts_with(old_file)) {
      existed = line.substr(old_file.size()) != nothing;
    } else if (line.starts_with(new_file)) {
      std::string_view path = line.substr(new_file.size());
      path = path.substr(0, path.find('\t')); // git ends names that have blanks with one
      lines = existed && path != nothing ? &files[std::string(path)] : nullptr;
    } else if (auto hunk = hunk_header(line)) {
      ChangedLines read = read_hunk(std::move(*hunk), output);
      if (lines != nullptr) {
        lines->push_back(std::move(read));
      }
    }
  }
  return files;
}

Result<LinesByFile> changed_lines(const WorkTree& work_tree, const std::string& commit,
                                  std::span<const std::string> graph_paths)
{
  if (!work_tree.repository) {
    return work_tree.repository.error();
  }
  const std::string& prefix = work_tree.repository->prefix;
  std::vector<std::string> arguments{
      "-c",         "core.quotePath=off", "diff",          "--unified=0",   "--no-prefix",
      "--no-color", "--no-ext-diff",      "--no-textconv", "--no-relative", commit,
      "--"};
  const std::size_t before_files = arguments.size();
  for (const std::string& path : graph_paths) {
    if (origin_of(path) == Origin::source) {
      arguments.push_back(prefix + path);
    }
  }
  if (arguments.size() == before_files) {
    return LinesByFile();
  }
  const auto diff = git_output(work_tree.repository->top, arguments);
  if (!diff) {
    return diff.error();
  }
  LinesByFile files;
  for (auto& [path, lines] : read_line_diff(*diff)) {
    if (path.starts_with(prefix)) {
      files.emplace(path.substr(prefix.size()), lines);
    }
  }
  return files;
}

} // namespace winnow::change
