// Linkers make shared libraries executable, too.
#include "daemon/client/build_programs.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_entries = 200'000;

bool is_passed_over(const std::string& name)
{
  static constexpr std::string_view names[] = {"CMakeFiles", "Testing", ".cmake", ".git",
                                               ".winnow"};
  return std::ranges::find(names, name) != std::end(names);
}

} // namespace

std::optional<std::vector<std::string>> build_programs(const std::string& build_dir)
{
  std::vector<std::string> programs;
  std::size_t entries = 0;
  std::error_code error;
  fs::recursive_directory_iterator at(build_dir, error);
  for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
    if (++entries > most_entries) {
      return std::nullopt;
    }
    std::error_code gone;
    if (at->is_symlink(gone)) {
      continue; // what it leads to counts where it is
    }
    if (at->is_directory(gone)) {
      if (is_passed_over(at->path().filename().native())) {
        at.disable_recursion_pending();
      }
      continue;
    }
    constexpr fs::perms executable = fs::perms::owner_exec;
    if ((at->status(gone).permissions() & executable) == executable && at->is_regular_file(gone)) {
      programs.push_back(at->path().string());
    }
  }
  if (error) {
    return std::nullopt;
  }
  std::ranges::sort(programs);
  return programs;
}

} // namespace winnow::client
