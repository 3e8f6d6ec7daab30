// CMakeCache.txt and the compiler files beside it.
#include "analyzer/ingest/build_tree.hpp"

#include "analyzer/ingest/cmake_cache.hpp"
#include "analyzer/ingest/cmake_script.hpp"
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

/// The values `set()` in one CMake<LANG>Compiler.cmake, as "CXX GNU 12.2.0 /usr/bin/c++"; "" if
/// unreadable.
std::string compiler_line(const std::string& path, const std::string& language)
{
  const Result<std::string> text = read_text_file(path);
  if (!text) {
    return {};
  }
  const Result<std::vector<CMakeCommand>> commands = parse_cmake_script(*text, path);
  if (!commands) {
    return {};
  }
  std::map<std::string, std::string> values;
  for (const CMakeCommand& command : *commands) {
    if (command.name == "set" && command.arguments.size() == 2) {
      values[command.arguments[0].text] = command.arguments[1].text;
    }
  }
  const std::string prefix = "CMAKE_" + language + "_COMPILER";
  return fmt::format("{} {} {} {}", language, values[prefix + "_ID"], values[prefix + "_VERSION"],
                     values[prefix]);
}

/// All languages, in the order of their names.
std::string compilers_of(const std::string& build)
{
  static constexpr std::string_view begin = "CMake";
  static constexpr std::string_view end = "Compiler.cmake";
  std::vector<std::string> lines;
  std::error_code ignored;
  for (const fs::directory_entry& version :
       fs::directory_iterator(build + "/CMakeFiles", ignored)) {
    if (!fs::exists(version.path() / "CMakeSystem.cmake", ignored)) {
      continue;
    }
    for (const fs::directory_entry& file : fs::directory_iterator(version.path(), ignored)) {
      const std::string name = file.path().filename().string();
      if (name.size() > begin.size() + end.size() && name.starts_with(begin) &&
          name.ends_with(end)) {
        lines.push_back(
            compiler_line(file.path().string(),
                          name.substr(begin.size(), name.size() - begin.size() - end.size())));
      }
    }
  }
  std::sort(lines.begin(), lines.end());
  return fmt::format("{}", fmt::join(lines, "; "));
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
    return not_configured(directory);
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
    return not_configured(directory);
  }
  const fs::path source = fs::canonical(value_of(cache, "CMAKE_HOME_DIRECTORY"), error);
  if (error) {
    return user_error(
        fmt::format("{} was configured from {}, which is no longer there; configure it again",
                    directory, value_of(cache, "CMAKE_HOME_DIRECTORY")));
  }
  tree.roots = {source.string(), build.string()};
  tree.project = value_of(cache, "CMAKE_PROJECT_NAME");
  tree.configuration = value_of(cache, "CMAKE_BUILD_TYPE");
  tree.cmake_command = value_of(cache, "CMAKE_COMMAND");
  tree.cmake_version = fmt::format("{}.{}.{}", value_of(cache, "CMAKE_CACHE_MAJOR_VERSION"),
                                   value_of(cache, "CMAKE_CACHE_MINOR_VERSION"),
                                   value_of(cache, "CMAKE_CACHE_PATCH_VERSION"));
  tree.compiler = compilers_of(tree.roots.build);
  return tree;
}

} // namespace winnow::ingest
