// Steps that have to be made anew and that ninja takes for done.
//
// Ninja makes a step anew that is older than one of the inputs it knows. Here the same question is
// asked of what the graph knows beside those: a step is stale if such an input changed after the
// step was made, by the time that ninja noted for it. A change is what the kernel stamps (ctime),
// which no program sets back: a file moved here with its old modification time is new here. Of what
// configuring wrote it is the modification time, since CMake sets the mode anew each time. What
// changed while the step ran, and git does not know, the step itself left behind.
//
// A header that came or went since a state that the step may be from is newer than the step unless
// it was noted before the step was made (rebuild_notes.hpp). In doubt a step is stale, once: what
// is made anew is younger than all that. Rejected: to compare contents alone with those of a
// recording, which says nothing of when the step was made; ninja's own idea of what is dirty, which
// has no interface.
//
// A file with another content than that of the recording, and no newer modification time, is
// newer than the steps that read it, since a graph is of the newest build. That is for the time
// before the first round of ninja: afterwards there is another recording.
//
// Not seen: what a script reads that no command names, and headers that came before the first
// recording of a tree, where the change asked about does not have them.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/model/reach.hpp"
#include "analyzer/select/leaf_inputs.hpp"
#include "daemon/client/rebuild_notes.hpp"

#include <span>
#include <string>
#include <vector>

namespace winnow::client {

struct StaleStep {
  StepId step;
  std::string because; ///< a clause: "app.ld, which its command names, changed after it was made"
};

/// Whether what ninja knows to be out of date is still to be made, or was made just now.
enum class NinjaRan { not_yet, just_now };

struct StaleSteps {
  std::vector<StaleStep> steps; ///< ordered by id; none that ninja would make anew by itself
  /// Whether a step that is yet to be made may find a header that came, or went: a compiler cache
  /// that goes by the headers it saw would give what it made before.
  bool headers_came_or_went = false;
};

/// What a look at a build tree needs; all must outlive it.
struct StaleQuery {
  const Graph& graph;               ///< of the tree as it is
  const select::LeafInputs& leaves; ///< of that graph
  const Reach& needed;              ///< what wanted tests and files depend on
  const Roots& roots;
  const SourceState& sources;
  std::span<const ChangedFile> changed_outside; ///< of BuildContext, of that graph
  std::span<const std::string> came_or_gone;    ///< graph paths
  NinjaRan ninja = NinjaRan::not_yet;
};

/// Of the needed steps those that are stale. O(their edges), a system call for each of their files.
StaleSteps find_stale_steps(const StaleQuery& query, RebuildNotes& notes);

} // namespace winnow::client
