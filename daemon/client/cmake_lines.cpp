// Collects what changed in the files that configuring reads.
#include "daemon/client/cmake_lines.hpp"

#include "analyzer/change/changed_lines.hpp"
#include "analyzer/ingest/cmake_script.hpp"
#include "analyzer/ingest/target_places.hpp"
#include "analyzer/ingest/text_file.hpp"
#include "analyzer/select/cmake_lines.hpp"
#include "analyzer/select/configuration_files.hpp"

#include <map>
#include <string>
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

std::vector<EditedFile> edited_files(const BuildContext& context, const Selection& selection,
                                     const std::string& base)
{
  const Roots& roots = context.tree.roots;
  auto lines = change::changed_lines(context.work_tree, base, selection.configured_by);
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

/// The commit that the test is compared with.
const std::string& base_of(const Selection& selection, TestId test)
{
  const LastGreen* green = last_green_of(selection, test);
  return green != nullptr ? selection.since_last_green->groups[green->group].change.base
                          : selection.change.base;
}

} // namespace

void add_cmake_lines(const BuildContext& context, Selection& selection, std::optional<TestId> only)
{
  std::map<std::string, std::vector<SelectedTest*>> tests_by_base;
  for (SelectedTest& test : selection.tests) {
    if ((!only || test.test == *only) && select::wants_cmake_lines(test)) {
      tests_by_base[base_of(selection, test.test)].push_back(&test);
    }
  }
  std::optional<ingest::TargetPlacesReader> reader;
  const auto places = [&](std::string_view target) {
    if (!reader) {
      reader.emplace(context.tree.roots, context.tree.configuration);
    }
    return reader->find(target);
  };
  for (const auto& [base, tests] : tests_by_base) {
    const std::vector<EditedFile> edited = edited_files(context, selection, base);
    select::name_cmake_lines(context.graph, edited, places, tests);
  }
}

} // namespace winnow::client
