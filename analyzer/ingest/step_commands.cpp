// Expands and splits each command once.
#include "analyzer/ingest/step_commands.hpp"

#include "analyzer/ingest/fingerprint.hpp"
#include "analyzer/ingest/ninja_edge_kind.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

#include <string_view>
#include <utility>

namespace winnow::ingest {
namespace {

/// Texts in a row, each with its length, so that no two rows look alike.
class Key {
 public:
  void add(std::size_t number)
  {
    text_.append(reinterpret_cast<const char*>(&number), sizeof number);
  }

  void add(std::string_view text)
  {
    add(text.size());
    text_ += text;
  }

  void add(const std::vector<std::string>& texts)
  {
    add(texts.size());
    for (const std::string& text : texts) {
      add(std::string_view(text));
    }
  }

  std::string text() && { return std::move(text_); }

 private:
  std::string text_;
};

std::string key_of(const std::vector<CommandDefinition>& definitions)
{
  Key key;
  for (const CommandDefinition& definition : definitions) {
    key.add(std::string_view(definition.name));
    key.add(std::string_view(definition.value));
  }
  return std::move(key).text();
}

std::string key_of(const CompilerCall& call)
{
  Key key;
  key.add(std::string_view(call.language));
  key.add(std::string_view(call.directory));
  const IncludeArguments& arguments = call.arguments;
  key.add(arguments.standard ? 1 : 0);
  for (const auto* list : {&arguments.quote, &arguments.angle, &arguments.system, &arguments.after,
                           &arguments.forced}) {
    key.add(*list);
  }
  for (const NamingMacro& macro : arguments.macros) {
    for (const std::string* part : {&macro.name, &macro.parameters, &macro.value}) {
      key.add(std::string_view(*part));
    }
  }
  return std::move(key).text();
}

std::string key_of(const CommandNames& names)
{
  Key key;
  for (const DirectoryWords& group : names.words) {
    key.add(std::string_view(group.directory));
    key.add(group.words);
  }
  key.add(names.sources_given);
  return std::move(key).text();
}

/// Words that are just the name of an input or output, or of the depfile, are left out: most words
/// of a compiler's command are.
CommandNames names_in(std::vector<DirectoryWords> command, const NinjaManifest& manifest,
                      const NinjaEdge& edge, const Roots& roots)
{
  CommandNames names{{}, sources_given(command, roots)};
  const std::string depfile = manifest.variable(edge, "depfile");
  boost::unordered_flat_set<std::string_view, TextHash> known{depfile};
  for (const auto paths :
       {manifest.explicit_inputs(edge), manifest.implicit_inputs(edge), manifest.outputs(edge)}) {
    known.insert(paths.begin(), paths.end());
  }
  for (DirectoryWords& group : command) {
    const bool as_in_build_file = group.directory == roots.build;
    std::erase_if(group.words, [&](const std::string& word) {
      return (as_in_build_file || word.starts_with('/')) && known.contains(word) &&
             is_one_piece(word);
    });
  }
  names.words = std::move(command);
  return names;
}

template <class Part>
const Part* kept(std::unordered_map<std::string, Part, TextHash>& parts, Part&& part)
{
  std::string key = key_of(part);
  return &parts.try_emplace(std::move(key), std::move(part)).first->second;
}

} // namespace

StepCommands::StepCommands(const NinjaManifest& manifest, const Roots& roots)
{
  commands_.reserve(manifest.edges().size());
  for (const NinjaEdge& edge : manifest.edges()) {
    commands_.push_back(step_kind_of(edge) == StepKind::phony ? StepCommand()
                                                              : take_apart(manifest, edge, roots));
  }
}

StepCommand StepCommands::take_apart(const NinjaManifest& manifest, const NinjaEdge& edge,
                                     const Roots& roots)
{
  const std::string text =
      manifest.command(edge) + "\n" + manifest.variable(edge, "rspfile_content");
  StepCommand command{.fingerprint = fingerprint_of(text, roots)};
  std::vector<ShellWord> words = shell_words(text);
  CommandDefinitions split = split_definitions(text, words);
  if (!split.definitions.empty()) {
    command.frame_fingerprint = fingerprint_of(split.frame, roots);
    command.definitions = kept(definitions_, std::move(split.definitions));
  }
  std::vector<DirectoryWords> groups = command_words(std::move(words), roots.build);
  if (step_kind_of(edge) == StepKind::compile) {
    if (std::optional<CompilerCall> call = compiler_call(edge.rule->name, groups)) {
      command.call = kept(calls_, std::move(*call));
    }
  }
  command.names = kept(names_, names_in(std::move(groups), manifest, edge, roots));
  return command;
}

} // namespace winnow::ingest
