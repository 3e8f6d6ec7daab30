// The shared libraries that a program asks the dynamic linker for.
#pragma once

#include "analyzer/model/error.hpp"

#include <string>
#include <vector>

namespace winnow::ingest {

/// What the dynamic section of an ELF file says.
struct NeededLibraries {
  std::vector<std::string> names;       ///< DT_NEEDED, in its order
  std::vector<std::string> directories; ///< DT_RPATH and DT_RUNPATH, $ORIGIN replaced
};

/// Nothing is needed by a file that is no ELF file, or has no dynamic section. A data error for an
/// ELF file that is damaged or of another kind than 64 bits, little-endian; an environment error
/// for a file that cannot be read.
Result<NeededLibraries> read_needed_libraries(const std::string& path);

} // namespace winnow::ingest
