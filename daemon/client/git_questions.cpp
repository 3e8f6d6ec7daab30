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
    base_commit_ = std::async(std::launch::async,
                              [this, base] { return change::base_commit(*repository_, *base); });
  }
}

std::optional<Result<std::string>> GitQuestions::base_commit()
{
  return base_commit_.valid() ? std::optional(base_commit_.get()) : std::nullopt;
}

} // namespace winnow::client
