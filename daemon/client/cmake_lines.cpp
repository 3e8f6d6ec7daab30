// Collects what changed in the files that configuring reads.
#include "daemon/client/cmake_lines.hpp"

#include "analyzer/change/changed_lines.hpp"
#include "analyzer/ingest/cmake_script.hpp"
#include "analyzer/ingest/target_places.hpp"
#include "analyzer/ingest/text_file.hpp"
#include "analyzer/select/cmake_lines.hpp"
#include "analyzer/select/configuration_files.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace winnow::client {
namespace {

std::vector<CommandLines> commands_of(const std::string& path)
{
  const Result<std::string> text = ingest::read_text_file(path);
  if (!text) {
    return {};
  }
  const auto script = ingest::parse_cmake_script(*text, path);
  if (!script) {
    return {};
  }
  std::vector<CommandLines> commands;
  for (const ingest::CMakeCommand& command : *script) {
    CommandLines lines{command.line, command.last_line, command.name + "("};
    for (const ingest::CMakeArgument& argument : command.arguments) {
      lines.text += (lines.text.ends_with('(') ? "" : " ") + argument.text;
    }
    commands.push_back(std::move(lines));
  }
  return commands;
}

std::vector<EditedFile> edited_files(const BuildContext& context, const Selection& selection)
{
  const Roots& roots = context.tree.roots;
  auto lines =
      change::changed_lines(context.work_tree, selection.change.base, selection.configured_by);
  std::vector<EditedFile> files;
  for (const std::string& path : selection.configured_by) {
    EditedFile file{path, {}, {}};
    if (lines && lines->contains(path)) {
      file.changes = std::move((*lines)[path]);
      if (select::is_cmake_code(path)) {
        file.commands = commands_of(roots.absolute(path));
      }
    }
    files.push_back(std::move(file));
  }
  return files;
}

} // namespace

void add_cmake_lines(const BuildContext& context, Selection& selection, std::optional<TestId> only)
{
  std::vector<SelectedTest*> tests;
  for (SelectedTest& test : selection.tests) {
    if ((!only || test.test == *only) && select::wants_cmake_lines(test)) {
      tests.push_back(&test);
    }
  }
  if (tests.empty()) {
    return;
  }
  const std::vector<EditedFile> edited = edited_files(context, selection);
  std::optional<ingest::TargetPlacesReader> reader;
  const auto places = [&](std::string_view target) {
    if (!reader) {
      reader.emplace(context.tree.roots, context.tree.configuration);
    }
    return reader->find(target);
  };
  select::name_cmake_lines(context.graph, edited, places, tests);
}

} // namespace winnow::client
