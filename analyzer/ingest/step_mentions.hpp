// What a command of the build may read of its own accord.
#pragma once

#include "analyzer/ingest/command_files.hpp"
#include "analyzer/ingest/generator_inputs.hpp"
#include "analyzer/ingest/mentioned_files.hpp"
#include "analyzer/ingest/step_commands.hpp"
#include "analyzer/ingest/step_inputs.hpp"
#include "analyzer/model/graph_builder.hpp"

#include <vector>

namespace winnow::ingest {

class StepMentions {
 public:
  /// All must outlive this.
  StepMentions(GraphBuilder& builder, RecordedFiles& files, const GeneratorInputs& generators,
               StepInputs& inputs, CommandFiles& commands)
      : builder_(builder),
        generators_(generators),
        inputs_(inputs),
        commands_(commands),
        mentioned_(builder, files)
  {}

  /// Of a step that is no compile step, whose inputs are known but for these, and which has not
  /// told, by a depfile, what it read.
  void add(StepId step, const CommandNames& names);

 private:
  std::vector<FileId> texts_of(StepId step);

  GraphBuilder& builder_;
  const GeneratorInputs& generators_;
  StepInputs& inputs_;
  CommandFiles& commands_;
  MentionedFiles mentioned_;
};

} // namespace winnow::ingest
