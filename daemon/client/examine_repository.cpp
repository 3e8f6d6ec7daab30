// Looks at what git can tell: from where a change is measured, and how long the answer takes.
#include "analyzer/change/base_commit.hpp"
#include "analyzer/change/commit_state.hpp"
#include "analyzer/change/git_command.hpp"
#include "daemon/client/examination.hpp"
#include "daemon/client/snapshots.hpp"

#include <fmt/format.h>

#include <utility>

namespace winnow::client {
namespace {

/// From here on git is slow enough to be felt.
constexpr std::size_t many_files = 10'000;

std::string first_line_of(const change::Repository& repository,
                          const std::vector<std::string>& question)
{
  const auto answer = change::run_git(repository.top, question);
  return answer && answer->exit_code == 0 ? answer->out.substr(0, answer->out.find('\n')) : "";
}

void examine_default_branch(const change::Repository& repository, const std::string& branch,
                            Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back("default_branch");
  const bool has_remote = !first_line_of(repository, {"remote"}).empty();
  if (branch == "@{upstream}" || (branch == "HEAD" && has_remote)) {
    diagnosis.findings.push_back(
        {"default_branch",
         Severity::problem,
         "no upstream default branch is known",
         branch == "HEAD"
             ? "there is no origin/HEAD, origin/main or origin/master; without --since a change is "
               "only what is not committed"
             : "there is no origin/HEAD, origin/main or origin/master; without --since a change is "
               "only what is not in the upstream of the current branch",
         "git fetch origin && git remote set-head origin --auto, or say --since REF",
         {}});
  }
}

/// The commit that a change is measured from, "" where there is none.
std::string examine_history(const change::Repository& repository, Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back("history");
  const Result<std::string> base =
      change::base_commit(repository, {change::Base::Kind::default_branch, {}});
  if (base.has_error()) {
    diagnosis.findings.push_back(finding_of(
        "history", "the commit that a change is measured from is not known", base.error()));
    return {};
  }
  if (repository.shallow) {
    diagnosis.findings.push_back(
        {"history",
         Severity::advice,
         "the clone is shallow",
         "other bases than the default branch's may be beyond its end",
         "git fetch --unshallow; on CI ask for the whole history (fetch-depth: 0)",
         {}});
  }
  return *base;
}

void examine_base_graph(const BuildContext& context, const change::Repository& repository,
                        const std::string& base, Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back("base_graph");
  const Result<SourceState> state = change::state_of_commit(repository, context.tree.roots, base);
  if (state.has_error()) {
    diagnosis.findings.push_back(
        finding_of("base_graph", "what the base consists of is not known", state.error()));
    return;
  }
  if (Snapshots(context.tree.roots.build).find_base(*state, context.work_tree.sources)) {
    return;
  }
  diagnosis.findings.push_back(
      {"base_graph",
       Severity::advice,
       "no graph of the base is at hand",
       fmt::format("none was recorded that fits {}: a query that has to judge an edit of a CMake "
                   "file configures that commit aside first",
                   base.substr(0, 12)),
       "import one that was exported where the base was built (winnow graph import), or check the "
       "base out, configure, and winnow graph record",
       {}});
}

void examine_speed(const BuildContext& context, const change::Repository& repository,
                   Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back("git_speed");
  const std::size_t files = context.work_tree.sources.files.size();
  if (files < many_files) {
    return;
  }
  const auto setting = [&](const char* name) {
    return first_line_of(repository, {"config", "--get", name});
  };
  const std::string monitor = setting("core.fsmonitor");
  const bool monitored = !monitor.empty() && monitor != "false";
  const bool cached =
      setting("core.untrackedCache") == "true" || setting("feature.manyFiles") == "true";
  std::vector<std::string> off;
  if (!monitored) {
    off.emplace_back("core.fsmonitor is off: git asks for the state of every tracked file");
  }
  if (!cached) {
    off.emplace_back("core.untrackedCache is off: git reads every directory");
  }
  if (!off.empty()) {
    diagnosis.findings.push_back(
        {"git_speed", Severity::advice, fmt::format("git looks at {} files for every query", files),
         "it has no help to know what changed",
         "git config core.untrackedCache true; git config core.fsmonitor true where `git "
         "fsmonitor--daemon status` works, else its hook for Watchman",
         std::move(off)});
  }
}

} // namespace

void examine_repository(const BuildContext& context, Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back("repository");
  const Result<change::Repository>& repository = context.work_tree.repository;
  if (repository.has_error()) {
    diagnosis.findings.push_back(
        finding_of("repository", "git cannot say what changed", repository.error()));
    return;
  }
  const Result<std::string> branch = change::default_branch(*repository);
  if (branch.has_error()) {
    diagnosis.findings.push_back(
        finding_of("default_branch", "git does not name its branches", branch.error()));
    return;
  }
  examine_default_branch(*repository, *branch, diagnosis);
  if (const std::string base = examine_history(*repository, diagnosis); !base.empty()) {
    examine_base_graph(context, *repository, base, diagnosis);
  }
  examine_speed(context, *repository, diagnosis);
}

} // namespace winnow::client
