// Takes a command apart once.
#include "analyzer/ingest/recorded_commands.hpp"

#include "analyzer/ingest/command_words.hpp"
#include "analyzer/ingest/fingerprint.hpp"

#include <algorithm>

namespace winnow::ingest {

void RecordedCommands::describe(std::string_view command, StepRecord& record)
{
  record.fingerprint = fingerprint_of(command, files_.roots());
  const CommandDefinitions split = split_definitions(command);
  if (split.definitions.empty()) {
    return;
  }
  std::vector<DefinitionRecord> definitions;
  for (const CommandDefinition& definition : split.definitions) {
    definitions.push_back({definition.name, fingerprint_of(definition.value, files_.roots()),
                           directories_in(definition)});
  }
  record.frame_fingerprint = fingerprint_of(split.frame, files_.roots());
  record.definitions = builder_.definitions(definitions);
}

const std::vector<std::string>&
RecordedCommands::directories_in(const CommandDefinition& definition)
{
  static const std::vector<std::string> none;
  if (definition.value.find('/') == std::string::npos) {
    return none;
  }
  const auto [at, added] = directories_.try_emplace(definition.value);
  if (!added) {
    return at->second;
  }
  for (const std::string& piece : path_pieces("-D" + definition.name + definition.value)) {
    const std::string path = piece.starts_with('/') ? lexically_normal(piece) : std::string();
    if (path.empty() || !files_.is_inner_directory(path)) {
      continue;
    }
    std::string directory = files_.directory_path(path);
    if (origin_of(directory) == Origin::source &&
        std::ranges::find(at->second, directory) == at->second.end()) {
      at->second.push_back(std::move(directory));
    }
  }
  return at->second;
}

} // namespace winnow::ingest
