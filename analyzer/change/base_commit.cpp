// Finds commits and merge bases by asking git.
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

/// Why git found none.
Error no_merge_base(const Repository& repository, const std::string& ref)
{
  for (const std::string& end : {ref, std::string("HEAD")}) {
    if (const auto commit = commit_of(repository, end); !commit) {
      return commit.error();
    }
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

Result<std::string> merge_base(const Repository& repository, const std::string& ref)
{
  if (ref.empty() || ref.starts_with('-')) {
    return no_merge_base(repository, ref);
  }
  const auto output = run_git(repository.top, {"merge-base", ref, "HEAD"});
  if (!output) {
    return output.error();
  }
  if (output->exit_code != 0) {
    return no_merge_base(repository, ref);
  }
  return std::string(without_newline(output->out));
}

} // namespace

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

Result<std::string> default_branch(const Repository& repository)
{
  std::vector<std::string> which_exist{"for-each-ref", "--format=%(refname)"};
  for (const std::string_view ref : default_branches) {
    if (ref.starts_with("refs/")) {
      which_exist.emplace_back(ref);
    }
  }
  const std::vector<std::string> questions[] = {
      {"symbolic-ref", "--quiet", "HEAD"},
      {"rev-parse", "--verify", "--quiet", "@{upstream}^{commit}"},
      std::move(which_exist)};
  std::vector<Result<GitOutput>> answers = run_git_together(repository.top, questions);
  const auto existing = expected_output(repository.top, questions[2], std::move(answers[2]));
  if (!existing) {
    return existing.error();
  }
  if (!answers[0] || !answers[1]) {
    return !answers[0] ? answers[0].error() : answers[1].error();
  }
  const std::string_view current = without_newline(answers[0]->out);
  for (const std::string_view ref : default_branches) {
    const bool exists =
        ref.starts_with("refs/")
            ? ("\n" + *existing).find(fmt::format("\n{}\n", ref)) != std::string::npos
            : answers[1]->exit_code == 0;
    if (exists && ref != current) {
      return std::string(ref);
    }
  }
  return std::string("HEAD");
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
  const auto ref = default_branch(repository);
  return ref ? merge_base(repository, *ref) : ref;
}

} // namespace winnow::change
