// Follows include() from script to script.
#include "analyzer/ingest/toolchain_scripts.hpp"

#include "analyzer/ingest/cmake_script.hpp"
#include "analyzer/ingest/script_variables.hpp"
#include "analyzer/ingest/text_file.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <utility>

namespace winnow::ingest {
namespace {

std::vector<CMakeCommand> commands_of(const std::string& path)
{
  const Result<std::string> text = read_text_file(path);
  if (!text) {
    return {};
  }
  Result<std::vector<CMakeCommand>> commands = parse_cmake_script(*text, path);
  if (!commands) {
    return {}; // configuring refuses it
  }
  return std::move(*commands);
}

/// `include(flags)` looks for `flags.cmake` in directories that only configuring knows.
bool names_module(std::string_view argument)
{
  return argument.find('/') == std::string_view::npos && !argument.ends_with(".cmake");
}

/// The scripts that `script` includes, as patterns of graph paths.
std::vector<std::string> included_by(const std::string& script, const Roots& roots)
{
  const std::vector<CMakeCommand> commands = commands_of(script);
  ScriptVariables variables(roots);
  variables.define_functions(commands);
  variables.learn(script, commands);
  std::vector<std::string> patterns;
  for (const CMakeCommand& command : commands) {
    if (command.name != "include" || command.arguments.empty()) {
      continue;
    }
    const std::string& argument = command.arguments[0].text;
    if (names_module(argument)) {
      patterns.push_back("*" + argument + ".cmake");
    } else {
      std::ranges::move(variables.patterns(script, argument), std::back_inserter(patterns));
    }
  }
  return patterns;
}

} // namespace

std::vector<std::string> toolchain_scripts(const BuildTree& tree)
{
  std::vector<std::string> patterns;
  for (const std::string& file : tree.toolchain_files) {
    patterns.push_back(tree.roots.graph_path(file));
  }
  for (std::size_t next = 0; next < patterns.size(); ++next) {
    if (origin_of(patterns[next]) != Origin::source) {
      continue;
    }
    for (std::string& pattern : included_by(tree.roots.absolute(patterns[next]), tree.roots)) {
      if (std::ranges::find(patterns, pattern) == patterns.end()) {
        patterns.push_back(std::move(pattern));
      }
    }
  }
  return patterns;
}

} // namespace winnow::ingest
