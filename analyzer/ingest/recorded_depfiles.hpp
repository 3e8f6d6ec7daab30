// What custom commands told that they read, beyond what the build file says.
#pragma once

#include "analyzer/ingest/header_log.hpp"
#include "analyzer/ingest/ninja_manifest.hpp"
#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/ingest/step_inputs.hpp"
#include "analyzer/model/graph_builder.hpp"

#include <string>
#include <vector>

namespace winnow::ingest {

class RecordedDepfiles {
 public:
  /// All must outlive this.
  RecordedDepfiles(GraphBuilder& builder, RecordedFiles& files, const NinjaManifest& manifest,
                   StepInputs& inputs);

  /// Adds what the depfile of a step names: the file itself, or, since CMake 4.3, ninja's log of
  /// it. False where there is none, or none yet.
  bool add(StepId step, const NinjaEdge& edge, HeaderLog& log, std::vector<std::string>& warnings);

 private:
  bool add_logged(StepId step, HeaderLog& log);
  bool add_written(StepId step, const std::string& name, std::vector<std::string>& warnings);

  GraphBuilder& builder_;
  RecordedFiles& files_;
  const NinjaManifest& manifest_;
  StepInputs& inputs_;
};

} // namespace winnow::ingest
