// Finds repositories, commits and merge bases by asking git.
#include "analyzer/change/base_commit.hpp"

#include "analyzer/change/git_command.hpp"

#include <fmt/format.h>

#include <optional>
#include <vector>

namespace winnow::change {
namespace {

/// The commit id of `ref`, or nothing if it names no commit.
Result<std::optional<std::string>> find_commit(const Repository& repository, std::string_view ref)
{
  if (ref.empty() || ref.starts_with('-')) {
    return std::nullopt;
  }
  const auto output =
      run_git(repository.top, {"rev-parse", "--verify", "--quiet", std::string(ref) + "^{commit}"});
  if (!output) {
    return output.error();
  }
  if (output->exit_code != 0) {
    return std::nullopt;
  }
  return std::string(without_newline(output->out));
}

constexpr std::string_view default_branches[] = {"refs/remotes/origin/HEAD",
                                                 "refs/remotes/origin/main",
                                                 "refs/remotes/origin/master",
                                                 "@{upstream}",
                                                 "refs/heads/main",
                                                 "refs/heads/master"};

/// Those of the default branches that exist, one line each; @{upstream} is left to find_commit().
Result<std::string> existing_default_branches(const Repository& repository)
{
  std::vector<std::string> arguments{"for-each-ref", "--format=%(refname)"};
  for (const std::string_view ref : default_branches) {
    if (ref.starts_with("refs/")) {
      arguments.emplace_back(ref);
    }
  }
  auto lines = git_output(repository.top, arguments);
  return lines ? "\n" + *lines : lines;
}

/// The default branch to compare with, as a ref; HEAD when there is no other.
Result<std::string> default_ref(const Repository& repository)
{
  const auto branch = run_git(repository.top, {"symbolic-ref", "--quiet", "HEAD"});
  if (!branch) {
    return branch.error();
  }
  const auto existing = existing_default_branches(repository);
  if (!existing) {
    return existing.error();
  }
  for (const std::string_view ref : default_branches) {
    const bool named = ref.starts_with("refs/");
    if (ref == without_newline(branch->out) ||
        (named && existing->find(fmt::format("\n{}\n", ref)) == std::string::npos)) {
      continue;
    }
    const auto commit = find_commit(repository, ref);
    if (!commit) {
      return commit.error();
    }
    if (*commit) {
      return std::string(ref);
    }
  }
  return std::string("HEAD");
}

Result<std::string> merge_base(const Repository& repository, const std::string& ref)
{
  const auto commit = commit_of(repository, ref);
  if (!commit) {
    return commit.error();
  }
  const auto head = commit_of(repository, "HEAD");
  if (!head) {
    return head.error();
  }
  const auto output = run_git(repository.top, {"merge-base", *commit, *head});
  if (!output) {
    return output.error();
  }
  if (output->exit_code == 0) {
    return std::string(without_newline(output->out));
  }
  if (repository.shallow) {
    return environment_error(
        fmt::format("the clone in {} is shallow and does not reach the merge base of {} and HEAD; "
                    "run git fetch --unshallow, or git fetch --deepen=N",
                    repository.top, ref));
  }
  return user_error(fmt::format("{} and HEAD have no common history in {}; name a commit to "
                                "compare with by --from",
                                ref, repository.top));
}

} // namespace

Result<Repository> find_repository(const std::string& source_root)
{
  const auto output = run_git(
      source_root, {"rev-parse", "--is-shallow-repository", "--show-toplevel", "--show-prefix"});
  if (!output) {
    return output.error();
  }
  if (output->exit_code != 0) {
    if (output->err.find("not a git repository") != std::string::npos) {
      return user_error(fmt::format("{} is not in a git repository; name the changed files with "
                                    "--files",
                                    source_root));
    }
    return environment_error(fmt::format("git refuses {}: {}", source_root, output->err));
  }
  // Three lines; a directory name may hold newlines, but not at both places at once.
  const std::string_view lines = without_newline(output->out);
  const std::size_t first = lines.find('\n');
  const std::size_t last = lines.rfind('\n');
  if (first == std::string_view::npos || last == first) {
    return environment_error(fmt::format("git says nothing usable about {}", source_root));
  }
  return Repository{std::string(lines.substr(first + 1, last - first - 1)),
                    std::string(lines.substr(last + 1)), lines.substr(0, first) == "true"};
}

Result<std::string> commit_of(const Repository& repository, std::string_view ref)
{
  auto commit = find_commit(repository, ref);
  if (!commit) {
    return commit.error();
  }
  if (*commit) {
    return std::move(**commit);
  }
  if (ref == "HEAD") {
    return user_error(fmt::format("{} has no commit yet; commit once, or name the changed files "
                                  "with --files",
                                  repository.top));
  }
  return user_error(fmt::format("'{}' names no commit in {}; check the name, or fetch it first "
                                "with git fetch{}",
                                ref, repository.top,
                                repository.shallow ? " --unshallow (the clone is shallow)" : ""));
}

Result<std::string> base_commit(const Repository& repository, const Base& base)
{
  switch (base.kind) {
  case Base::Kind::exactly:
    return commit_of(repository, base.ref);
  case Base::Kind::merge_base:
    return merge_base(repository, base.ref);
  case Base::Kind::default_branch:
    break;
  }
  const auto ref = default_ref(repository);
  return ref ? merge_base(repository, *ref) : ref;
}

} // namespace winnow::change
