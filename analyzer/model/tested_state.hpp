// The state of the sources that the programs of a run were built from.
#pragma once

#include "analyzer/model/change.hpp"

#include <string>
#include <vector>

namespace winnow {

/// A commit and all that differed from it, so that a later state can be compared with it file by
/// file. An unknown hash means that the file was not there.
struct TestedState {
  std::string commit;   ///< of HEAD, hexadecimal
  std::string settings; ///< names compilers and settings of the build tree; equal where they are
  std::vector<FileVersion> uncommitted; ///< what differed from the commit; sorted by path
  std::vector<FileVersion> beside_git;  ///< inputs that git does not track; sorted by path

  bool operator==(const TestedState&) const = default;
};

/// The content of a file of which it cannot be told how it was: no later state has it.
inline ContentHash untold_content()
{
  return hash_content("winnow: how this file was cannot be told");
}

} // namespace winnow
