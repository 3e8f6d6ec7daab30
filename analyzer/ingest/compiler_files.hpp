// What CMake found out about each compiler: CMakeFiles/<version>/CMake<LANG>Compiler.cmake.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace winnow::ingest {

struct CompilerFile {
  std::string language; ///< as CMake names it: CXX
  std::string id;       ///< GNU
  std::string version;
  std::string path;
  std::vector<std::string> include_directories; ///< the compiler's own, in the order of its search
};

/// Of all languages, ordered by their names. Empty where nothing can be read.
std::vector<CompilerFile> read_compiler_files(const std::string& build);

} // namespace winnow::ingest
