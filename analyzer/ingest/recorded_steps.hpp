// The steps of a graph under construction, from build.ninja and what steps left on disk.
#pragma once

#include "analyzer/ingest/command_files.hpp"
#include "analyzer/ingest/data_names.hpp"
#include "analyzer/ingest/default_build.hpp"
#include "analyzer/ingest/generated_outputs.hpp"
#include "analyzer/ingest/generator_inputs.hpp"
#include "analyzer/ingest/header_log.hpp"
#include "analyzer/ingest/include_index.hpp"
#include "analyzer/ingest/ninja_deps.hpp"
#include "analyzer/ingest/ninja_manifest.hpp"
#include "analyzer/ingest/recorded_commands.hpp"
#include "analyzer/ingest/recorded_depfiles.hpp"
#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/ingest/recorded_modules.hpp"
#include "analyzer/ingest/recorded_sayings.hpp"
#include "analyzer/ingest/recorded_targets.hpp"
#include "analyzer/ingest/scanned_headers.hpp"
#include "analyzer/ingest/step_commands.hpp"
#include "analyzer/ingest/step_inputs.hpp"
#include "analyzer/ingest/step_mentions.hpp"
#include "analyzer/model/graph_builder.hpp"

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace winnow::ingest {

class RecordedSteps {
 public:
  /// What other parts of a recording give; all must outlive the steps.
  struct Sources {
    const NinjaManifest& manifest;
    const StepCommands& commands;
    const NinjaDeps* deps;      ///< null: no header list is known
    const SourceState* tracked; ///< may be null
    IncludeIndex& includes;
  };

  RecordedSteps(GraphBuilder& builder, RecordedFiles& files, RecordedTargets& targets,
                const Sources& sources);

  /// Adds every step with its outputs, then all inputs. `warnings` gets what could not be read.
  void record(std::vector<std::string>& warnings);

  /// What needs all files of the graph: once, when the others have been added.
  /// `read_by_tests` are names of data.
  void finish(DataNames read_by_tests);

  /// What commands, their scripts, and literals say. After finish().
  void add_sayings(RecordedSayings& sayings) const;

  /// Whether some step other than the configuration reads the file.
  [[nodiscard]] bool is_build_input(FileId file) const { return inputs_.is_build_input(file); }

  /// Whether a compile step reads the file.
  [[nodiscard]] bool is_compiled(FileId file) const { return inputs_.is_compiled(file); }

 private:
  struct Step {
    StepId id;
    const NinjaEdge* edge;
    const StepCommand* command;
  };

  void add_step(const NinjaEdge& edge, const StepCommand& command);
  void prepare_scans();
  void add_inputs(const Step& step);
  void add_order(const Step& step);
  void add_headers(const Step& step, HeaderLog& log);
  void add_logged(const Step& step, const NinjaDepsRecord& record, HeaderLog& log);
  void prepare_include_scan(const Step& step);
  void add_scanned(const Step& step, const ScannedHeaders::Headers& headers,
                   const std::vector<FileId>& files);
  void scan(const Step& step);
  void add_generated(const Step& step, bool all_outputs);
  bool add_late_headers(std::span<const std::string> unlisted);
  void add_data(const Step& step, const NinjaDepsRecord& record, HeaderLog& log);
  void add_module_scan(const Step& step, StepId object, std::vector<std::string>& warnings);
  void add_modules(const Step& step, HeaderLog& log);
  bool note_newer_inputs(const Step& step);
  void add_named_files(const Step& step);
  [[nodiscard]] bool waits_for_all(const Step& step);

  GraphBuilder& builder_;
  RecordedFiles& files_;
  RecordedTargets& targets_;
  const NinjaManifest& manifest_;
  const StepCommands& step_commands_;
  const NinjaDeps* deps_;
  GeneratorInputs generators_;
  StepInputs inputs_;
  GeneratedOutputs generated_;
  RecordedModules modules_;
  DefaultBuild default_build_;
  RecordedCommands described_;
  CommandFiles commands_;
  RecordedDepfiles depfiles_;
  StepMentions mentions_;
  std::deque<CompilerCall> calls_of_scans_; ///< with those of what they scan for
  ScannedHeaders scanned_;
  std::optional<HeaderLog> log_; ///< set by record()
  std::vector<Step> steps_;
};

} // namespace winnow::ingest
