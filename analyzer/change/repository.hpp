// The repository that the sources lie in.
#pragma once

#include "analyzer/change/git_command.hpp"
#include "analyzer/model/error.hpp"

#include <string>
#include <vector>

namespace winnow::change {

struct Repository {
  std::string top;    ///< absolute path of its work tree
  std::string prefix; ///< of the source root below `top`, with a trailing slash; "" if they are one
  bool shallow = false;

  /// Whether both mean the same places.
  [[nodiscard]] bool lies_as(const Repository& other) const
  {
    return top == other.top && prefix == other.prefix;
  }
};

/// A user error when `source_root` is in no repository or git refuses it.
Result<Repository> find_repository(const std::string& source_root);

/// Where git would mostly find one, without asking it: to ask it other things at once. The source
/// root itself where there is none.
Repository likely_repository(const std::string& source_root);

/// What find_repository() asks git, and makes of the answer: for those who ask more at once. The
/// question may be put from any directory.
std::vector<std::string> repository_question(const std::string& source_root);
Result<Repository> repository_in(const Result<GitOutput>& answer, const std::string& source_root);

} // namespace winnow::change
