// What changed since the graph was recorded, by content.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/file_listing.hpp"
#include "analyzer/model/graph.hpp"

#include <string>
#include <vector>

namespace winnow::select {

/// The files that something in a graph reads and that no step makes, compared with a listing that
/// is known before git has looked at the work tree. That takes as long as there are files; what is
/// asked afterwards takes as long as there are differences, of the recording as well as of `now`,
/// from that listing. Of states that are not made of the same one everything is compared again.
class LeafInputs {
 public:
  LeafInputs(Graph graph, FileListing known);

  /// Those whose content now is not the recorded one, sorted by path. Header lists are true at the
  /// state they were recorded in: a selection needs what differs from that state as well as what
  /// differs from its base. A leaf whose recorded content is unknown counts as changed, a file of
  /// the source tree that `now` does not list as deleted. Files elsewhere are compared where `now`
  /// lists them, with an unknown content those that are gone.
  [[nodiscard]] std::vector<ChangedFile> changed(const SourceState& now) const;

  /// Those that `now` lists with another content than that known of the recording.
  [[nodiscard]] std::vector<FileId> edited(const SourceState& now) const;

  /// Those outside of the source and build trees that more than configuring reads, and whose
  /// content was recorded. Sorted.
  [[nodiscard]] const std::vector<FileId>& outside() const { return outside_; }

  /// Those in the source and build trees that `now` does not list: what git does not track. Sorted.
  [[nodiscard]] std::vector<std::string> beside_git(const SourceState& now) const;

  /// The same of whose contents tell something: without what CMake notes for itself about settings
  /// and compilers, which have a name of their own (TestedState).
  [[nodiscard]] std::vector<std::string> read_beside_git(const SourceState& now) const;

 private:
  [[nodiscard]] std::vector<FileId> unlike_recorded(const FileListing& listing) const;
  [[nodiscard]] std::vector<FileId> to_compare(const FileListing& now) const;

  Graph graph_;
  FileListing known_;
  std::vector<FileId> unlike_known_; ///< not listed in it with the recorded content; sorted
  std::vector<FileId> outside_;
};

} // namespace winnow::select
