// The steps of a graph under construction, from build.ninja and what steps left on disk.
#pragma once

#include "analyzer/ingest/command_files.hpp"
#include "analyzer/ingest/generator_inputs.hpp"
#include "analyzer/ingest/header_log.hpp"
#include "analyzer/ingest/include_index.hpp"
#include "analyzer/ingest/ninja_deps.hpp"
#include "analyzer/ingest/ninja_manifest.hpp"
#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/ingest/recorded_targets.hpp"
#include "analyzer/ingest/scanned_headers.hpp"
#include "analyzer/model/graph_builder.hpp"

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace winnow::ingest {

class RecordedSteps {
 public:
  /// What other parts of a recording give; all must outlive the steps.
  struct Sources {
    const NinjaManifest& manifest;
    const NinjaDeps* deps;      ///< null: no header list is known
    const SourceState* tracked; ///< may be null
    IncludeIndex& includes;
  };

  RecordedSteps(GraphBuilder& builder, RecordedFiles& files, RecordedTargets& targets,
                const Sources& sources);

  /// Adds every step with its outputs, then all inputs. `warnings` gets what could not be read.
  void record(std::vector<std::string>& warnings);

  /// Whether some step other than the configuration reads the file.
  [[nodiscard]] bool is_build_input(FileId file) const { return build_inputs_.contains(file); }

 private:
  struct Step {
    StepId id;
    const NinjaEdge* edge;
  };

  void add_step(const NinjaEdge& edge);
  void set_fingerprints(const std::string& command, StepRecord& record);
  void assign_target(const Step& step);
  void prepare_scans();
  void add_inputs(const Step& step);
  void add_order(const Step& step);
  void add_headers(const Step& step, HeaderLog& log);
  void add_logged(const Step& step, const NinjaDepsRecord& record, HeaderLog& log);
  void add_data(const Step& step, const NinjaDepsRecord& record, HeaderLog& log);
  void scan(const Step& step);
  void add_generated(const Step& step, bool all_outputs);
  void add_depfile(const Step& step, std::vector<std::string>& warnings);
  [[nodiscard]] bool is_left_by(const Step& step, FileId file);
  void add_edge(const Step& step, FileId file, EdgeKind kind);
  void add_named_files(const Step& step);
  void add_input(const Step& step, std::string_view path, EdgeKind kind);
  void add_input(const Step& step, const NamedFile& file, EdgeKind kind);
  void collect_generated(std::string_view path, bool all_outputs, std::vector<FileId>& found,
                         std::unordered_set<FileId>& seen);
  [[nodiscard]] bool waits_for_all(const Step& step);

  GraphBuilder& builder_;
  RecordedFiles& files_;
  RecordedTargets& targets_;
  const NinjaManifest& manifest_;
  const NinjaDeps* deps_;
  CommandFiles commands_;
  GeneratorInputs generators_;
  ScannedHeaders scanned_;
  std::vector<Step> steps_;
  std::unordered_map<StepId, const NinjaEdge*> edges_;
  std::unordered_set<std::string> marks_; ///< outputs of edges that were left out, graph paths
  std::unordered_set<FileId> build_inputs_;
  std::unordered_set<TargetId> linked_targets_;
  std::vector<std::uint32_t>
      last_reader_; ///< by file: one more than the last step it is an input of
  std::int64_t configured_ns_ = 0;
};

} // namespace winnow::ingest
