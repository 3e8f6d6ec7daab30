// Sizes and modification times, hashed.
#include "analyzer/ingest/build_stamp.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <xxhash.h>

namespace winnow::ingest {

std::string current_build_stamp(const BuildTree& tree)
{
  static constexpr const char* files[] = {
      "CMakeCache.txt",    "build.ninja",         "CMakeFiles/rules.ninja", ".ninja_deps",
      ".ninja_log",        "CTestTestfile.cmake", ".winnow/export.json",    ".cmake/api/v1/reply",
      "CTestCustom.cmake", "CTestCustom.ctest"};
  std::string facts = tree.roots.source + "\n" + tree.roots.build + "\n";
  for (const char* file : files) {
    struct stat status {};

    if (::stat((tree.roots.build + "/" + file).c_str(), &status) == 0) {
      facts += fmt::format("{} {} {}.{:09}\n", file, status.st_size, status.st_mtim.tv_sec,
                           status.st_mtim.tv_nsec);
    }
  }
  return fmt::format("{:016x}", XXH3_64bits(facts.data(), facts.size()));
}

} // namespace winnow::ingest
