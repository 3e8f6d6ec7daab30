// The commits that a commit stands on.
#pragma once

#include "analyzer/change/base_commit.hpp"
#include "analyzer/model/error.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace winnow::change {

/// The name of the branch that is checked out, as in "main" or "fix/url"; "" where HEAD is
/// detached, or nobody can tell.
std::string current_branch(const Repository& repository);

/// The full ids of `commit` and of its ancestors, newer ones first, at most so many.
Result<std::vector<std::string>> newest_commits(const Repository& repository,
                                                const std::string& commit, std::size_t limit);

} // namespace winnow::change
