// Looks up what definitions name, each value once.
#include "analyzer/ingest/recorded_commands.hpp"

#include "analyzer/ingest/command_words.hpp"
#include "analyzer/ingest/fingerprint.hpp"

#include <system_error>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <utility>

namespace winnow::ingest {
namespace {

/// A definition's value without what begins it and the quotes of a string literal.
std::string whole_value(std::string_view value)
{
  const std::size_t begin = value.find_first_not_of("=\\\"");
  const std::size_t end = value.find_last_not_of("\\\"");
  return begin == std::string_view::npos ? std::string()
                                         : std::string(value.substr(begin, end + 1 - begin));
}

} // namespace

void RecordedCommands::describe(const StepCommand& command, StepRecord& record)
{
  record.fingerprint = command.fingerprint;
  record.frame_fingerprint = command.frame_fingerprint;
  if (command.definitions != nullptr) {
    record.definitions = recorded(*command.definitions);
  }
}

DefinitionsId RecordedCommands::recorded(const std::vector<CommandDefinition>& definitions)
{
  const auto known = ids_.find(&definitions);
  if (known != ids_.end()) {
    return known->second;
  }
  std::vector<DefinitionRecord> records;
  for (const CommandDefinition& definition : definitions) {
    records.push_back({definition.name, fingerprint_of(definition.value, files_.roots()),
                       directories_in(definition)});
  }
  return ids_.emplace(&definitions, builder_.definitions(records)).first->second;
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
  std::vector<std::string> pieces = path_pieces("-D" + definition.name + definition.value);
  pieces.push_back(whole_value(definition.value)); // with blanks in it
  for (const std::string& piece : pieces) {
    add_directory(piece, at->second);
  }
  return at->second;
}

/// The directory itself; of what does not exist, perhaps the beginning of names, the one it is in.
void RecordedCommands::add_directory(const std::string& piece,
                                     std::vector<std::string>& directories)
{
  if (!piece.starts_with('/')) {
    return;
  }
  std::string path = lexically_normal(piece);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    path.erase(path.rfind('/'));
  }
  if (!files_.is_inner_directory(path)) {
    return;
  }
  std::string directory = files_.directory_path(path);
  if (origin_of(directory) == Origin::source &&
      std::ranges::find(directories, directory) == directories.end()) {
    directories.push_back(std::move(directory));
  }
}

} // namespace winnow::ingest
