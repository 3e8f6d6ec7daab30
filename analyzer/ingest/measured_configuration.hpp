// Under which name the tests of a build tree have their history.
#pragma once

#include "analyzer/ingest/cmake_cache.hpp"

#include <string>

namespace winnow::ingest {

/// The build type, and what else in the cache says that programs take several times as long or as
/// much: -fsanitize and coverage in flags, and settings that are named for them and not off. Two
/// trees of one build type, one of them with sanitizers, do not measure the same. What a project
/// sets in its CMake code alone is not seen.
std::string measured_configuration(const CMakeCache& cache);

} // namespace winnow::ingest
