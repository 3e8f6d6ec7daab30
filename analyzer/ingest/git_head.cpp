// By the time of HEAD's log, which grows whenever HEAD or the branch it names moves.
#include "analyzer/ingest/git_head.hpp"

#include "analyzer/ingest/text_file.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <string_view>

namespace winnow::ingest {
namespace {

namespace fs = std::filesystem;

/// `.git` of the nearest directory at or above that has one, "" if none has.
fs::path nearest_dot_git(fs::path directory)
{
  std::error_code error;
  while (!fs::exists(directory / ".git", error)) {
    if (!directory.has_relative_path()) {
      return {};
    }
    directory = directory.parent_path();
  }
  return directory / ".git";
}

/// A file in the place of the directory names it: so it is in linked work trees and submodules.
fs::path git_directory(const fs::path& dot_git)
{
  constexpr std::string_view mark = "gitdir: ";
  const Result<std::string> text = read_text_file(dot_git.string());
  if (!text || !text->starts_with(mark)) {
    return dot_git;
  }
  const std::size_t end = text->find_last_not_of("\r\n") + 1;
  return dot_git.parent_path() / text->substr(mark.size(), end - mark.size());
}

} // namespace

bool head_moved_since(const std::string& directory, std::int64_t time_ns)
{
  const fs::path dot_git = nearest_dot_git(directory);
  if (dot_git.empty()) {
    return false;
  }

  struct stat log {};

  const fs::path path = git_directory(dot_git) / "logs" / "HEAD";
  return ::stat(path.c_str(), &log) != 0 ||
         log.st_mtim.tv_sec * 1'000'000'000LL + log.st_mtim.tv_nsec > time_ns;
}

} // namespace winnow::ingest
