// Overlays a commit with what the index and the work tree have instead.
#include "analyzer/change/work_tree.hpp"

#include "analyzer/change/commit_state.hpp"
#include "analyzer/change/git_command.hpp"
#include "analyzer/change/hidden_files.hpp"
#include "analyzer/change/repository_paths.hpp"
#include "analyzer/change/work_tree_diff.hpp"
#include "analyzer/model/own_documents.hpp"

#include <sys/stat.h>
#include <sys/types.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace winnow::change {
namespace {

/// Beyond so many differences a known state is of no use any more: listing HEAD costs as much.
constexpr std::size_t most_differences = 5'000;

/// Of a commit's id where it is SHA-1.
constexpr std::size_t sha1_digits = 40;

bool exists(const std::string& path)
{
  struct stat status {};

  return ::lstat(path.c_str(), &status) == 0;
}

/// Whether Winnow wrote the file: a plan, results or a graph that lie among the sources.
bool is_own(const std::string& path)
{
  const int fd = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) {
    return false;
  }
  std::array<char, telling_bytes> bytes{};
  const ssize_t size = ::read(fd, bytes.data(), bytes.size());
  ::close(fd);
  return size > 0 && is_own_document({bytes.data(), static_cast<std::size_t>(size)});
}

/// What differs between a commit and the index; before the first commit all that the index has.
std::vector<std::string> staged_since(const std::string& commit)
{
  std::vector<std::string> question{"diff",
                                    "--cached",
                                    "--raw",
                                    "-z",
                                    "--no-abbrev",
                                    "--no-renames",
                                    "--no-ext-diff",
                                    "--no-relative",
                                    "--ignore-submodules=none"};
  if (!commit.empty()) {
    question.push_back(commit);
  }
  question.emplace_back("--");
  return question;
}

/// What HEAD, the index and the work tree have to say, as git prints it.
struct Answers {
  Result<Repository> repository = Repository{};
  std::string head;                  ///< "" before the first commit
  std::string branch;                ///< "" where HEAD is detached
  std::optional<std::string> staged; ///< since the known commit; nothing if there is none such
  std::vector<std::string> hidden;
  std::string untracked;
  std::string unstaged;
  bool has_touched = false;     ///< among those are files that only have another time
  std::optional<Error> failure; ///< the first, of what has no reason to fail
};

/// One command, and what to do with what it says. The questions do not depend on each other, so git
/// answers them side by side.
struct Question {
  std::vector<std::string> command;
  void (*use)(Answers& answers, GitOutput answer);
  bool may_fail = true;
};

/// What git answers soon comes first, to be read while it looks at the work tree.
std::vector<Question> questions(const SourceState* known)
{
  std::vector<Question> questions{
      {{"rev-parse", "--verify", "--quiet", "HEAD^{commit}"},
       [](Answers& answers, GitOutput answer) { answers.head = without_newline(answer.out); }},
      {{"symbolic-ref", "--quiet", "--short", "HEAD"}, // fails where it is detached
       [](Answers& answers, GitOutput answer) { answers.branch = without_newline(answer.out); }},
  };
  if (known != nullptr) {
    // It fails where the commit has left the repository.
    questions.push_back({staged_since(known->commit), [](Answers& answers, GitOutput answer) {
                           answers.staged = std::move(answer.out);
                         }});
  }
  questions.push_back(
      {{"ls-files", "-v", "-z"},
       [](Answers& answers, GitOutput answer) { answers.hidden = hidden_files_in(answer.out); },
       false});
  questions.push_back(
      {{"ls-files", "--others", "--exclude-standard", "-z"},
       [](Answers& answers, GitOutput answer) { answers.untracked = std::move(answer.out); },
       false});
  questions.push_back(
      {{"diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-relative",
        "--ignore-submodules=none", "--"},
       [](Answers& answers, GitOutput answer) { answers.unstaged = std::move(answer.out); },
       false});
  return questions;
}

/// Also where the repository really is: what is said of another one does not count.
Answers ask_git(const std::string& source_root, const Repository& likely, const SourceState* known)
{
  const std::vector<Question> asked = questions(known);
  std::vector<std::vector<std::string>> commands{repository_question(source_root)};
  for (const Question& question : asked) {
    commands.push_back(question.command);
  }
  Answers answers;
  run_git_together(likely.top, commands, [&](std::size_t i, Result<GitOutput> answer) {
    if (i == 0) {
      answers.repository = repository_in(answer, source_root);
      return;
    }
    const Question& question = asked[i - 1];
    if (const auto unmapped = unmapped_diff(question.command, answer)) {
      answer = run_git(likely.top, *unmapped);
      answers.has_touched = true;
    }
    if (answer && answer->exit_code == 0) {
      question.use(answers, std::move(*answer));
    } else if ((!answer || !question.may_fail) && !answers.failure) {
      answers.failure = expected_output(likely.top, question.command, std::move(answer)).error();
    }
  });
  return answers;
}

/// A state of the sources, and what is different in another one.
class Overlay {
 public:
  Overlay(const Roots& roots, const Repository& repository, SourceState below)
      : roots_(roots), repository_(repository), state_(std::move(below))
  {}

  void put(const RawChange& change)
  {
    const auto path = graph_path(roots_, repository_, change.file.path);
    if (!path) {
      return;
    }
    const bool gone = change.file.status == ChangeStatus::deleted;
    if (change.after.is_submodule() || (gone && change.before.is_submodule())) {
      submodules_.push_back({*path, gone ? std::nullopt : std::optional(change.after.hash)});
      files_.push_back({*path, std::nullopt});
      return;
    }
    submodules_.push_back({*path, std::nullopt});
    if (gone) {
      files_.push_back({*path, std::nullopt});
    } else if (change.after.hash.known() && !change.unmerged) {
      files_.push_back({*path, change.after.hash});
    } else {
      put_as_it_is(*path);
    }
  }

  /// The file as it is in the work tree now, if it is there.
  void put_as_it_is(const std::string& graph_path)
  {
    const std::string absolute = roots_.absolute(graph_path);
    files_.push_back(
        {graph_path, exists(absolute) ? std::optional(hash_file(absolute)) : std::nullopt});
  }

  /// Of SHA-256 repositories no content is known.
  void read_unknown()
  {
    state_.files.for_each([&](std::string_view path, const ContentHash& hash) {
      if (!hash.known()) {
        put_as_it_is(std::string(path));
      }
    });
  }

  SourceState take(std::string commit) &&
  {
    state_.commit = std::move(commit);
    state_.files.replace(std::move(files_));
    state_.submodules.replace(std::move(submodules_));
    return std::move(state_);
  }

 private:
  const Roots& roots_;
  const Repository& repository_;
  SourceState state_;
  std::vector<FileListing::Replacement> files_;
  std::vector<FileListing::Replacement> submodules_;
};

/// A commit's state, and what the index has instead.
struct Staged {
  SourceState commit;
  std::vector<RawChange> changes;
  bool is_listed = false; ///< git had to list the commit
};

/// Since the known commit if it serves, else since HEAD.
Result<Staged> staged_changes(const Repository& repository, const Roots& roots,
                              const Answers& answers, const SourceState* known)
{
  if (answers.staged) {
    Result<std::vector<RawChange>> changes = read_raw_diff(*answers.staged);
    if (!changes || changes->size() <= most_differences) {
      return changes ? Result<Staged>(Staged{*known, std::move(*changes)})
                     : Result<Staged>(changes.error());
    }
  }
  Result<SourceState> head = answers.head.empty()
                                 ? Result<SourceState>(SourceState{})
                                 : state_of_commit(repository, roots, answers.head);
  if (!head) {
    return head.error();
  }
  const auto staged = git_output(repository.top, staged_since(answers.head));
  if (!staged) {
    return staged.error();
  }
  Result<std::vector<RawChange>> changes = read_raw_diff(*staged);
  if (!changes) {
    return changes.error();
  }
  return Staged{std::move(*head), std::move(*changes), !answers.head.empty()};
}

/// Looks at what git does not look at. What is not checked out, as in a sparse one, is as git has
/// it.
void add_hidden(WorkTree& work_tree, const Roots& roots, const Repository& repository,
                std::span<const std::string> hidden_files)
{
  std::vector<FileVersion> edited;
  for (const std::string& hidden : hidden_files) {
    const auto path = graph_path(roots, repository, hidden);
    if (!path || !exists(roots.absolute(*path))) {
      continue;
    }
    const ContentHash now = hash_file(roots.absolute(*path));
    if (work_tree.sources.files.find(*path) != now) {
      work_tree.hidden.push_back(hidden);
      edited.push_back({*path, now});
    }
  }
  work_tree.sources.files.put(edited);
}

} // namespace

Result<WorkTree> look_at_work_tree(const Roots& roots, const KnownCommit* known_commit)
{
  const Repository likely =
      known_commit != nullptr ? known_commit->repository : likely_repository(roots.source);
  const SourceState* known = known_commit != nullptr ? &known_commit->state : nullptr;
  Answers answers = ask_git(roots.source, likely, known);
  if (answers.repository && !answers.repository->lies_as(likely)) {
    known = nullptr; // its paths are those of another repository
    answers = ask_git(roots.source, Repository(*answers.repository), known);
  }
  WorkTree work_tree;
  work_tree.repository = answers.repository;
  if (!work_tree.repository) {
    return work_tree;
  }
  if (answers.failure) {
    return *answers.failure;
  }
  const Repository& repository = *work_tree.repository;
  Result<Staged> staged = staged_changes(repository, roots, answers, known);
  if (!staged) {
    return staged.error();
  }
  Result<std::vector<RawChange>> unstaged = read_raw_diff(answers.unstaged);
  if (!unstaged) {
    return unstaged.error();
  }
  if (answers.has_touched) {
    leave_out_touched(*unstaged, repository.top);
  }
  Overlay overlay(roots, repository, staged->commit);
  if (staged->commit.commit.size() > sha1_digits) {
    overlay.read_unknown();
  }
  for (const RawChange& change : staged->changes) {
    overlay.put(change);
  }
  for (RawChange& change : *unstaged) {
    change.after.hash = {}; // git names the commit of an edited submodule
    overlay.put(change);
  }
  for (const std::string_view untracked : split_at_nul(answers.untracked)) {
    if (is_own(repository.top + "/" + std::string(untracked))) {
      continue;
    }
    work_tree.untracked.emplace_back(untracked);
    if (const auto path = graph_path(roots, repository, untracked)) {
      overlay.put_as_it_is(*path);
    }
  }
  work_tree.sources = std::move(overlay).take(answers.head);
  add_hidden(work_tree, roots, repository, answers.hidden);
  work_tree.branch = answers.branch;
  work_tree.staged = {staged->commit.commit, std::move(staged->changes)};
  work_tree.unstaged = std::move(*unstaged);
  if (staged->is_listed) {
    work_tree.listed = std::move(staged->commit);
  }
  return work_tree;
}

std::vector<FileVersion> contents_at(const Roots& roots, std::span<const std::string> graph_paths)
{
  std::vector<FileVersion> files;
  for (const std::string& path : graph_paths) {
    files.push_back({path, hash_file_without_roots(roots.absolute(path), roots)});
  }
  std::ranges::sort(files, {}, &FileVersion::path);
  const auto repeated = std::ranges::unique(files, {}, &FileVersion::path);
  files.erase(repeated.begin(), repeated.end());
  return files;
}

} // namespace winnow::change
