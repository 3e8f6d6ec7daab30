// What a graph keeps of the commands of steps.
#pragma once

#include "analyzer/ingest/command_definitions.hpp"
#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/model/graph_builder.hpp"
#include "analyzer/model/text_hash.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::ingest {

class RecordedCommands {
 public:
  /// Both must outlive this.
  RecordedCommands(GraphBuilder& builder, RecordedFiles& files) : builder_(builder), files_(files)
  {}

  /// Sets the fingerprints of `command`, and its definitions with the directories that they name:
  /// what a program is told where its data is.
  void describe(std::string_view command, StepRecord& record);

 private:
  const std::vector<std::string>& directories_in(const CommandDefinition& definition);
  void add_directory(const std::string& piece, std::vector<std::string>& directories);

  GraphBuilder& builder_;
  RecordedFiles& files_;
  /// By value: most repeat from command to command.
  std::unordered_map<std::string, std::vector<std::string>, TextHash, std::equal_to<>> directories_;
};

} // namespace winnow::ingest
