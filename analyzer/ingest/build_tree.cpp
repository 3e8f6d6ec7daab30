// CMakeCache.txt and the compiler files beside it.
#include "analyzer/ingest/build_tree.hpp"

#include "analyzer/ingest/cmake_cache.hpp"
#include "analyzer/ingest/compiler_files.hpp"
#include "analyzer/ingest/measured_configuration.hpp"
#include "analyzer/ingest/text_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>
#include <vector>

namespace winnow::ingest {
namespace {

namespace fs = std::filesystem;

/// "CXX GNU 12.2.0 /usr/bin/c++" for each language, in the order of their names.
std::string compilers_of(const std::string& build)
{
  std::vector<std::string> lines;
  for (const CompilerFile& file : read_compiler_files(build)) {
    lines.push_back(fmt::format("{} {} {} {}", file.language, file.id, file.version, file.path));
  }
  return fmt::format("{}", fmt::join(lines, "; "));
}

/// As CMake looks for it: from the build tree, else from the source tree.
std::vector<std::string> toolchain_files_of(const CMakeCache& cache, const Roots& roots)
{
  std::vector<std::string> files;
  for (const char* name : {"CMAKE_TOOLCHAIN_FILE", "VCPKG_CHAINLOAD_TOOLCHAIN_FILE"}) {
    const std::string file = value_of(cache, name);
    if (file.empty()) {
      continue;
    }
    std::error_code error;
    const fs::path in_build = fs::path(roots.build) / file;
    const fs::path found = fs::exists(in_build, error) ? in_build : fs::path(roots.source) / file;
    const fs::path canonical = fs::weakly_canonical(found, error);
    files.push_back(error ? found.string() : canonical.string());
  }
  return files;
}

Error not_configured(const std::string& directory)
{
  return user_error(fmt::format(
      "{} is not a configured build tree; configure it: cmake -G Ninja -B {} -S <source directory>",
      directory, directory));
}

} // namespace

Result<BuildTree> open_build_tree(const std::string& directory)
{
  std::error_code error;
  const fs::path build = fs::canonical(directory, error);
  if (error || !fs::is_directory(build, error)) {
    return user_error(fmt::format("there is no directory {}; name the build tree with -B, or "
                                  "configure one: cmake -G Ninja -B {}",
                                  directory, directory));
  }
  const Result<std::string> text = read_text_file((build / "CMakeCache.txt").string());
  if (!text) {
    return fs::exists(build / "CMakeCache.txt", error) ? text.error() : not_configured(directory);
  }
  const CMakeCache cache = parse_cmake_cache(*text);
  BuildTree tree;
  tree.generator = value_of(cache, "CMAKE_GENERATOR");
  if (tree.generator.empty()) {
    return not_configured(directory);
  }
  if (tree.generator != "Ninja") {
    return user_error(
        fmt::format("{} uses the generator \"{}\", and only \"Ninja\" is supported yet; "
                    "configure another build tree with -G Ninja",
                    directory, tree.generator));
  }
  if (!fs::exists(build / "build.ninja", error)) {
    return user_error(fmt::format("{} has no build.ninja: configuring it has not succeeded; see "
                                  "what is wrong with: cmake {}",
                                  directory, directory));
  }
  const fs::path source = fs::canonical(value_of(cache, "CMAKE_HOME_DIRECTORY"), error);
  if (error) {
    return user_error(
        fmt::format("{} was configured from {}, which is no longer there; configure it again",
                    directory, value_of(cache, "CMAKE_HOME_DIRECTORY")));
  }
  const std::string made_at = value_of(cache, "CMAKE_CACHEFILE_DIR");
  if (!made_at.empty() && !fs::equivalent(made_at, build, error)) {
    return user_error(fmt::format("{} was configured as {} and moved or copied since, so that what "
                                  "it says of its files is wrong; configure a new one: cmake -G "
                                  "Ninja -B <directory> -S {}",
                                  directory, made_at, value_of(cache, "CMAKE_HOME_DIRECTORY")));
  }
  tree.roots = {source.string(), build.string()};
  tree.project = value_of(cache, "CMAKE_PROJECT_NAME");
  tree.configuration = value_of(cache, "CMAKE_BUILD_TYPE");
  tree.measured_as = measured_configuration(cache);
  tree.toolchain_files = toolchain_files_of(cache, tree.roots);
  tree.cmake_command = value_of(cache, "CMAKE_COMMAND");
  tree.ninja_command = value_of(cache, "CMAKE_MAKE_PROGRAM");
  tree.cmake_version = fmt::format("{}.{}.{}", value_of(cache, "CMAKE_CACHE_MAJOR_VERSION"),
                                   value_of(cache, "CMAKE_CACHE_MINOR_VERSION"),
                                   value_of(cache, "CMAKE_CACHE_PATCH_VERSION"));
  tree.compiler = compilers_of(tree.roots.build);
  return tree;
}

} // namespace winnow::ingest
