// Paths that a program has in its constants, as compile definitions put them there.
#pragma once

#include "analyzer/model/error.hpp"

#include <span>
#include <string>
#include <vector>

namespace winnow::ingest {

/// What stands in the constants of the ELF file at `path` and is one of the directories, or below
/// it; sorted, each once. The directories are absolute and lexically normal. Names that the program
/// puts together are found as far as their beginning is constant. Nothing for a file of another
/// kind; a data error for one that is damaged, an environment error for one that cannot be read.
Result<std::vector<std::string>> compiled_in_paths(const std::string& path,
                                                   std::span<const std::string> directories);

} // namespace winnow::ingest
