// git worktree, under a lock.
#include "daemon/client/scratch_tree.hpp"

#include "analyzer/change/base_commit.hpp"
#include "analyzer/change/git_command.hpp"

#include <fmt/format.h>
#include <sys/file.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

/// The directory both paths lie in, without a trailing slash; "" for the root.
std::string common_directory(const std::string& a, const std::string& b)
{
  std::size_t common = 0;
  for (std::size_t i = 0; i <= std::min(a.size(), b.size()); ++i) {
    const bool a_ends = i == a.size() || a[i] == '/';
    const bool b_ends = i == b.size() || b[i] == '/';
    if (a_ends && b_ends) {
      common = i;
    }
    if (i == a.size() || i == b.size() || a[i] != b[i]) {
      break;
    }
  }
  return a.substr(0, common);
}

Result<int> locked(const std::string& path)
{
  const int lock = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  while (lock >= 0 && ::flock(lock, LOCK_EX) != 0) {
    if (errno != EINTR) {
      ::close(lock);
      return environment_error(fmt::format("cannot lock {}: {}", path, std::strerror(errno)));
    }
  }
  if (lock < 0) {
    return environment_error(fmt::format("cannot write {}: {}", path, std::strerror(errno)));
  }
  return lock;
}

/// Hooks are the project's, and none of this is a checkout of its user.
Result<change::GitOutput> worktree(const std::string& repository,
                                   std::vector<std::string> arguments)
{
  arguments.insert(arguments.begin(), {"-c", "core.hooksPath=/dev/null", "worktree"});
  return change::run_git(repository, arguments);
}

} // namespace

Result<ScratchTree> ScratchTree::make(const Roots& original, const std::string& commit)
{
  const Result<change::Repository> repository = change::find_repository(original.source);
  if (repository.has_error()) {
    return repository.error();
  }
  std::error_code failure;
  fs::create_directories(original.build + "/.winnow", failure);
  const Result<int> lock = locked(original.build + "/.winnow/base.lock");
  if (lock.has_error()) {
    return lock.error();
  }
  ScratchTree tree;
  tree.lock_ = *lock;
  tree.directory_ = original.build + "/.winnow/base";
  tree.repositories_ = {repository->top};
  tree.remove(); // what a killed one left

  const std::string shared = common_directory(repository->top, original.build);
  const std::string mirror = tree.directory_ + "/s";
  const std::string top = mirror + repository->top.substr(shared.size());
  tree.roots_.source = top + original.source.substr(repository->top.size());
  tree.roots_.build = mirror + original.build.substr(shared.size());
  tree.roots_.source_alias = original.source;
  tree.roots_.build_alias = original.build;
  fs::create_directories(fs::path(top).parent_path(), failure);
  fs::remove(tree.log(), failure);
  const Result<void> made = tree.check_out(repository->top, commit, top);
  if (made.has_error()) {
    return made.error();
  }
  return tree;
}

ScratchTree::ScratchTree(ScratchTree&& other) noexcept
    : roots_(std::move(other.roots_)),
      directory_(std::move(other.directory_)),
      repositories_(std::move(other.repositories_)),
      lock_(std::exchange(other.lock_, -1))
{}

ScratchTree::~ScratchTree()
{
  if (lock_ >= 0) {
    remove();
    ::close(lock_);
  }
}

std::string ScratchTree::log() const
{
  return directory_ + ".log";
}

void ScratchTree::clear_build() const
{
  std::error_code ignored;
  if (roots_.build == roots_.source) {
    fs::remove(roots_.build + "/CMakeCache.txt", ignored);
    fs::remove_all(roots_.build + "/CMakeFiles", ignored);
  } else {
    fs::remove_all(roots_.build, ignored);
  }
}

void ScratchTree::remove()
{
  std::error_code ignored;
  fs::remove_all(directory_, ignored);
  for (const std::string& repository : repositories_) {
    static_cast<void>(worktree(repository, {"prune"}));
  }
}

Result<void> ScratchTree::check_out(const std::string& repository, const std::string& commit,
                                    const std::string& directory)
{
  const Result<change::GitOutput> made =
      worktree(repository, {"add", "--detach", "--force", directory, commit});
  if (made.has_error()) {
    return made.error();
  }
  if (made->exit_code != 0) {
    return environment_error(fmt::format("git cannot check {} of {} out aside: {}",
                                         commit.substr(0, 12), repository, made->err));
  }
  return check_out_submodules(repository, commit, directory);
}

Result<void> ScratchTree::check_out_submodules(const std::string& repository,
                                               const std::string& commit,
                                               const std::string& directory)
{
  const Result<std::string> listing =
      change::git_output(repository, {"ls-tree", "-r", "-z", "--full-tree", commit});
  if (listing.has_error()) {
    return listing.error();
  }
  for (const std::string_view line : change::split_at_nul(*listing)) {
    // `160000 commit id TAB path`
    static constexpr std::string_view submodule = "160000 commit ";
    const std::size_t tab = line.find('\t');
    if (!line.starts_with(submodule) || tab == std::string_view::npos) {
      continue;
    }
    const std::string id(line.substr(submodule.size(), tab - submodule.size()));
    const std::string path(line.substr(tab + 1));
    std::error_code ignored;
    if (!fs::exists(repository + "/" + path + "/.git", ignored)) {
      continue; // the user does without it, too
    }
    repositories_.push_back(repository + "/" + path);
    fs::remove(directory + "/" + path, ignored); // git left an empty directory
    const Result<void> made = check_out(repositories_.back(), id, directory + "/" + path);
    if (made.has_error()) {
      return made.error();
    }
  }
  return {};
}

} // namespace winnow::client
