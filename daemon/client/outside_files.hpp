// Inputs outside of the source and build trees, as they are now.
#pragma once

#include "analyzer/ingest/build_tree.hpp"
#include "analyzer/model/change.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/select/leaf_inputs.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace winnow::client {

/// The contents of leaves.outside(), sorted by path; unknown where there is none. Takes a look at
/// each file's status, and inside those that are new to `.winnow/outside_contents`.
std::vector<FileVersion> outside_files(const ingest::BuildTree& tree, const Graph& graph,
                                       const select::LeafInputs& leaves);

/// Those that are not what the graph was recorded from.
std::vector<ChangedFile> changed_outside(const Graph& graph, std::span<const FileVersion> outside);

/// Keeps the bytes of OutsideContents. Where they cannot be written the files are read again next
/// time.
void keep_outside_contents(const ingest::BuildTree& tree, std::string_view bytes);

} // namespace winnow::client
