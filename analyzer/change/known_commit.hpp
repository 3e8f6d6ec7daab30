// What is known of a repository before git is asked.
#pragma once

#include "analyzer/change/repository.hpp"
#include "analyzer/model/change.hpp"

namespace winnow::change {

/// A commit's files, and where the repository was when they were listed: it may be elsewhere now.
struct KnownCommit {
  SourceState state;
  Repository repository;
};

} // namespace winnow::change
