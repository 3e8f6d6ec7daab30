// The contents of a work tree, mostly without reading it.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/roots.hpp"

#include <span>
#include <string>

namespace winnow::change {

/// HEAD and the content of every file that git tracks or would track. Of unmodified files git
/// already has the content hash; modified and untracked ones are read. In repositories that name
/// content by SHA-256 all are read.
Result<SourceState> source_state(const Roots& roots);

/// `state` and the contents of the files at those graph paths that it does not list: files git
/// ignores, files of the build tree. A file that does not exist is listed with an unknown hash.
SourceState with_contents_of(SourceState state, const Roots& roots,
                             std::span<const std::string> graph_paths);

} // namespace winnow::change
