// What a file of a submodule selects that nothing knows.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/select/ruled_tests.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace winnow::select {

/// A project builds and tests with some files of its submodules, and most of their other files do
/// not concern it. Whatever an unknown one may be, it matters to what uses the known ones.
class SubmoduleUsers {
 public:
  /// All must outlive this.
  SubmoduleUsers(const Graph& graph, std::span<const std::string> submodules, RuledTests& tests)
      : graph_(graph), submodules_(submodules), tests_(tests)
  {}

  /// Adds the tests that use any file of the submodule around `path`. Whether there are some.
  bool add_users(std::string_view path);

 private:
  bool add_users_of(std::string_view submodule, std::string_view path);

  const Graph& graph_;
  std::span<const std::string> submodules_;
  RuledTests& tests_;
  std::map<std::string_view, bool> added_; ///< by submodule: whether it has users
};

} // namespace winnow::select
