// What a query asks git, asked while the query does something else: git takes longer than all of
// it.
#pragma once

#include "analyzer/change/base_commit.hpp"
#include "analyzer/change/work_tree.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/roots.hpp"

#include <future>
#include <optional>
#include <string>

namespace winnow::client {

/// Begins when it is made. It waits for git when it ends, whether or not the answers were taken.
class GitQuestions {
 public:
  /// About the work tree, and about the base if there is one. `roots` must outlive it.
  GitQuestions(const Roots& roots, const std::optional<change::Base>& base);

  GitQuestions(const GitQuestions&) = delete; // threads have its address
  GitQuestions& operator=(const GitQuestions&) = delete;

  /// Once.
  Result<change::WorkTree> work_tree() { return work_tree_.get(); }

  /// The commit of the base, once. Nothing where no base was asked about, or the sources are in no
  /// repository.
  std::optional<Result<std::string>> base_commit();

 private:
  Result<change::Repository> repository_;
  std::future<Result<change::WorkTree>> work_tree_;
  std::future<Result<std::string>> base_commit_;
};

} // namespace winnow::client
