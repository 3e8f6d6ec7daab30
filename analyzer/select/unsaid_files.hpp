// Files that nobody is known to read, judged by what commands, tests, scripts and literals say.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/part.hpp"
#include "analyzer/select/rule_book.hpp"
#include "analyzer/select/unknown_file.hpp"

#include <string_view>
#include <vector>

namespace winnow::select {

/// What reads a file by itself has to know of it: by its name, by its extension and a directory, by
/// the directory, or by a list of all there is. The graph has who says any of that; it was recorded
/// with the files that are there, so that what nobody says of a file nobody asks for. Not seen:
/// names that a program puts together without an extension or a directory in them, and those that
/// stand in data.
class UnsaidFiles {
 public:
  /// All must outlive this.
  UnsaidFiles(const Graph& graph, const Parts& parts, RuleBook& rules)
      : graph_(graph), parts_(parts), rules_(rules)
  {}

  /// Changes the ruling on a file that nothing reads, and of which the project's rules say nothing:
  /// - what no rule decides, of a source that no step compiles or of a language that no step and no
  ///   test runs: nothing if nothing says the file (rule `unnamed_files`), else who does, as
  ///   UnknownFileRuling::because;
  /// - CMake code that configuring does not read, in a part, and sources around it: of the tests of
  ///   the part those that something says the file to, or CMake (`unbuilt_files`).
  /// A source that came or went was built for all that is known, unless configurations are
  /// compared.
  void judge(const TouchedPath& touched, Configurations configurations, UnknownFileRuling& ruling);

 private:
  [[nodiscard]] bool was_there(const TouchedPath& touched, Configurations configurations) const;
  [[nodiscard]] bool is_of_unread_project(std::string_view path, std::string_view part) const;
  [[nodiscard]] std::vector<NodeId> told_of(std::string_view path) const;
  void judge_outside(const TouchedPath& touched, UnknownFileRuling& ruling) const;
  void judge_inside(std::string_view part, const TouchedPath& touched,
                    UnknownFileRuling& ruling) const;

  const Graph& graph_;
  const Parts& parts_;
  RuleBook& rules_;
};

} // namespace winnow::select
