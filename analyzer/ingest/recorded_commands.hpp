// What a graph keeps of the commands of steps.
#pragma once

#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/ingest/step_commands.hpp"
#include "analyzer/model/graph_builder.hpp"
#include "analyzer/model/text_hash.hpp"

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace winnow::ingest {

class RecordedCommands {
 public:
  /// Both must outlive this.
  RecordedCommands(GraphBuilder& builder, RecordedFiles& files) : builder_(builder), files_(files)
  {}

  /// Sets the fingerprints of `command`, and its definitions with the directories that they name:
  /// what a program is told where its data is. The command must outlive this.
  void describe(const StepCommand& command, StepRecord& record);

 private:
  DefinitionsId recorded(const std::vector<CommandDefinition>& definitions);
  const std::vector<std::string>& directories_in(const CommandDefinition& definition);
  void add_directory(const std::string& piece, std::vector<std::string>& directories);

  GraphBuilder& builder_;
  RecordedFiles& files_;
  std::unordered_map<const std::vector<CommandDefinition>*, DefinitionsId> ids_;
  /// By value: most repeat from list to list.
  std::unordered_map<std::string, std::vector<std::string>, TextHash, std::equal_to<>> directories_;
};

} // namespace winnow::ingest
