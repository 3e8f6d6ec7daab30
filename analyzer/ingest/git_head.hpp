// When HEAD of the repository around a directory last moved, without asking git.
#pragma once

#include <cstdint>
#include <string>

namespace winnow::ingest {

/// Whether HEAD names another commit than at that time, or may: where git keeps no log of it,
/// nobody can tell. Not outside of repositories.
bool head_moved_since(const std::string& directory, std::int64_t time_ns);

} // namespace winnow::ingest
