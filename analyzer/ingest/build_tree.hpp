// A configured build tree: where it is and what its cache says.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/roots.hpp"

#include <string>
#include <vector>

namespace winnow::ingest {

struct BuildTree {
  Roots roots;               ///< both without symbolic links
  std::string project;       ///< CMAKE_PROJECT_NAME
  std::string generator;     ///< CMAKE_GENERATOR
  std::string configuration; ///< CMAKE_BUILD_TYPE, "" if none
  std::string measured_as;   ///< measured_configuration(): under which its tests' history is kept
  std::string test_configuration; ///< what `ctest -C` would be given; set by who asks, "" for none
  std::string compiler;           ///< identity, version and path per language, one line
  std::vector<std::string> toolchain_files; ///< absolute; vcpkg may load a second one
  std::string cmake_command;                ///< the cmake that configured it
  std::string ninja_command;                ///< the ninja that CMake found for it
  std::string cmake_version;                ///< of that one: "3.25.1"
};

/// Reads the cache of the build tree at `directory`. User errors: there is no such directory, it is
/// not configured, its source directory is gone, or its generator is not supported.
Result<BuildTree> open_build_tree(const std::string& directory);

} // namespace winnow::ingest
