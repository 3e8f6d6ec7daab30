// Reading a whole file into memory.
#pragma once

#include "analyzer/model/error.hpp"

#include <string>

namespace winnow::ingest {

/// The bytes of the regular file at `path`. Read, never mapped: the files of a build tree are
/// replaced and truncated while others read them. A data error names the file and the reason.
Result<std::string> read_text_file(const std::string& path);

} // namespace winnow::ingest
