// What a query asks git, asked while the query does something else: git takes longer than all of
// it.
#pragma once

#include "analyzer/change/git.hpp"
#include "analyzer/change/work_tree.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/roots.hpp"

#include <future>
#include <optional>

namespace winnow::client {

/// Begins when it is made. It waits for git when it ends, whether or not the answers were taken.
class GitQuestions {
 public:
  /// About the work tree, and about the base if there is one. `roots` must outlive it.
  GitQuestions(const Roots& roots, const std::optional<change::Base>& base);

  /// Once.
  Result<change::WorkTree> work_tree() { return work_tree_.get(); }

  /// Once. Nothing where no base was asked about, or the sources are in no repository.
  std::optional<Result<change::StagedSince>> staged();

 private:
  Result<change::Repository> repository_;
  std::future<Result<change::WorkTree>> work_tree_;
  std::future<Result<change::StagedSince>> staged_;
};

} // namespace winnow::client
