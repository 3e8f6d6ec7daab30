// Writes a name a line.
#include "analyzer/report/chunk_lists.hpp"

#include "analyzer/report/path_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace winnow::report {
namespace {

constexpr std::string_view prefix = "chunk-";
constexpr std::string_view endings[] = {".tests", ".targets", ".paths"};

/// Readers of lists take a carriage return for a part of the line's end.
bool fits_on_a_line(std::string_view name)
{
  return name.find('\n') == std::string_view::npos && !name.ends_with('\r') && !name.empty();
}

} // namespace

bool is_chunk_list(std::string_view file_name)
{
  if (!file_name.starts_with(prefix)) {
    return false;
  }
  const std::string_view rest = file_name.substr(prefix.size());
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  return digits > 0 && std::ranges::find(endings, rest.substr(digits)) != std::end(endings);
}

Result<std::vector<NamedText>> chunk_lists(const Plan& plan, const TestNames& names)
{
  std::vector<NamedText> lists;
  for (const Chunk& chunk : plan.chunks) {
    std::string tests;
    std::string targets;
    std::string paths;
    bool repeats = false;
    for (const TestKey& key : chunk.tests) {
      if (!fits_on_a_line(key.name)) {
        return user_error(fmt::format("the name of the test {} does not fit on a line of a list; "
                                      "`winnow run --plan` runs it",
                                      name_text(key.display())));
      }
      append_entry(tests, key.name, Separator::line);
      append_entry(paths, key.display(), Separator::line);
      repeats = repeats || names.repeats(key.name);
    }
    for (const std::string& target : chunk.targets) {
      append_entry(targets, target, Separator::line);
    }
    const std::string stem = fmt::format("{}{}", prefix, chunk.index);
    lists.push_back({stem + ".tests", std::move(tests)});
    lists.push_back({stem + ".targets", std::move(targets)});
    if (repeats) {
      lists.push_back({stem + ".paths", std::move(paths)});
    }
  }
  return lists;
}

} // namespace winnow::report
