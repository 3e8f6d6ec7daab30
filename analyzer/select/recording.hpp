// What changed since the graph was recorded, by content.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/graph.hpp"

#include <string>
#include <vector>

namespace winnow::select {

/// The leaf inputs of the graph whose content now is not the recorded one, sorted by path. Header
/// lists are true at the state they were recorded in: a selection needs what differs from that
/// state as well as what differs from its base. A leaf whose recorded content is unknown counts as
/// changed, a file of the source tree that `now` does not list as deleted. Files elsewhere are
/// compared where `now` lists them.
std::vector<ChangedFile> change_since_recording(const Graph& graph, const SourceState& now);

/// The leaf inputs that `now` lists with another content than that known of the recording.
std::vector<FileId> edited_since_recording(const Graph& graph, const SourceState& now);

/// The leaf inputs in the source and build trees that `now` does not list: what git does not track.
std::vector<std::string> inputs_beside_git(const Graph& graph, const SourceState& now);

/// Those of them whose contents tell something: without what CMake notes for itself about settings
/// and compilers, which have a name of their own (TestedState).
std::vector<std::string> read_beside_git(const Graph& graph, const SourceState& now);

/// `change` with those of `files` added whose paths it does not have yet. A file that came or went
/// since one of the states and was modified since the other has come or gone: what includes a file
/// of its name may have been recorded without it.
Change joined(Change change, const std::vector<ChangedFile>& files);

} // namespace winnow::select
