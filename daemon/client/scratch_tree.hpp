// A work tree of another commit beside the user's, with room for a build tree of it.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/roots.hpp"

#include <string>
#include <vector>

namespace winnow::client {

/// Lies below <build>/.winnow/base, where source and build roots lie to each other as the user's
/// do: what a project computes from the one to the other stays the same. One at a time for each
/// build tree: another winnow waits. Its submodules have the commits that the commit names, as far
/// as they are at hand. Everything is removed with it, and what a killed winnow left before.
class ScratchTree {
 public:
  /// An environment error when git cannot make the work tree, or a submodule's commit is not there.
  static Result<ScratchTree> make(const Roots& original, const std::string& commit);

  ScratchTree(ScratchTree&& other) noexcept;
  ScratchTree& operator=(ScratchTree&&) = delete;
  ~ScratchTree();

  /// The scratch tree's own, the original's as aliases. The build root does not exist yet.
  [[nodiscard]] const Roots& roots() const { return roots_; }

  /// What programs that work on the tree say; stays after the tree is gone.
  [[nodiscard]] std::string log() const;

  /// Empties the build root.
  void clear_build() const;

 private:
  ScratchTree() = default;

  Result<void> check_out(const std::string& repository, const std::string& commit,
                         const std::string& directory);
  Result<void> check_out_submodules(const std::string& repository, const std::string& commit,
                                    const std::string& directory);
  void remove();

  Roots roots_;
  std::string directory_;                 ///< <build>/.winnow/base
  std::vector<std::string> repositories_; ///< that have a work tree here
  int lock_ = -1;
};

} // namespace winnow::client
