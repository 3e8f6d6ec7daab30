// Which commit a change is measured from.
#pragma once

#include "analyzer/change/repository.hpp"
#include "analyzer/model/error.hpp"

#include <string>
#include <string_view>

namespace winnow::change {

/// What a user named as the base.
struct Base {
  enum class Kind {
    default_branch, ///< the merge base of HEAD and the upstream default branch
    merge_base,     ///< the merge base of HEAD and `ref`
    exactly         ///< the commit `ref`
  };

  Kind kind = Kind::default_branch;
  std::string ref;
};

/// The full id of the commit that `ref` names. A user error when there is none, also for refs that
/// git would take for options.
Result<std::string> commit_of(const Repository& repository, std::string_view ref);

/// The upstream default branch, as a ref: origin/HEAD, origin/main, origin/master, the upstream of
/// the current branch, another local main or master, the first in this order that is not the
/// current branch; "HEAD" when there is none.
Result<std::string> default_branch(const Repository& repository);

/// The full id of the base commit. The default is the merge base with the default branch; where
/// that is HEAD itself, what is not committed yet.
Result<std::string> base_commit(const Repository& repository, const Base& base);

} // namespace winnow::change
