// Reads set() commands.
#include "analyzer/ingest/compiler_files.hpp"

#include "analyzer/ingest/cmake_script.hpp"
#include "analyzer/ingest/text_file.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>

namespace winnow::ingest {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> elements(const std::string& list)
{
  std::vector<std::string> elements;
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(';', begin), list.size());
    if (end > begin) {
      elements.push_back(list.substr(begin, end - begin));
    }
    begin = end + 1;
  }
  return elements;
}

/// Without values if the file cannot be read.
CompilerFile read_compiler_file(const std::string& path, std::string language)
{
  std::map<std::string, std::string> values;
  if (const Result<std::string> text = read_text_file(path)) {
    if (const Result<std::vector<CMakeCommand>> commands = parse_cmake_script(*text, path)) {
      for (const CMakeCommand& command : *commands) {
        if (command.name == "set" && command.arguments.size() == 2) {
          values[command.arguments[0].text] = command.arguments[1].text;
        }
      }
    }
  }
  const std::string prefix = "CMAKE_" + language;
  return {std::move(language), values[prefix + "_COMPILER_ID"],
          values[prefix + "_COMPILER_VERSION"], values[prefix + "_COMPILER"],
          elements(values[prefix + "_IMPLICIT_INCLUDE_DIRECTORIES"])};
}

} // namespace

std::vector<CompilerFile> read_compiler_files(const std::string& build)
{
  static constexpr std::string_view begin = "CMake";
  static constexpr std::string_view end = "Compiler.cmake";
  std::vector<CompilerFile> files;
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
        files.push_back(
            read_compiler_file(file.path().string(),
                               name.substr(begin.size(), name.size() - begin.size() - end.size())));
      }
    }
  }
  std::ranges::sort(files, {}, &CompilerFile::language);
  return files;
}

} // namespace winnow::ingest
