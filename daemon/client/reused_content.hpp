// What FetchContent brought for the build tree, for base's configuration to use again.
#pragma once

#include "analyzer/ingest/cmake_cache.hpp"
#include "analyzer/model/roots.hpp"

#include <map>
#include <string>

namespace winnow::client {

/// FETCHCONTENT_SOURCE_DIR_… settings for the contents of <build>/_deps whose pin (tag, address,
/// hash) stands word for word in base's files, too: then base means the same content, and fetching
/// it once more would only take time, or fail.
std::map<std::string, ingest::CacheEntry> reused_content(const Roots& roots,
                                                         const std::string& base);

} // namespace winnow::client
