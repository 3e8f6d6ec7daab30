// A thread for the work tree, and one for the base.
#include "daemon/client/git_questions.hpp"

#include "daemon/client/work_tree_of.hpp"

namespace winnow::client {

GitQuestions::GitQuestions(const Roots& roots, const std::optional<change::Base>& base)
    : repository_(change::find_repository(roots.source)),
      work_tree_(std::async(std::launch::async,
                            [this, &roots] { return work_tree_of(roots, repository_); }))
{
  if (base && repository_) {
    staged_ = std::async(std::launch::async,
                         [this, base] { return change::staged_since(*repository_, *base); });
  }
}

std::optional<Result<change::StagedSince>> GitQuestions::staged()
{
  return staged_.valid() ? std::optional(staged_.get()) : std::nullopt;
}

} // namespace winnow::client
