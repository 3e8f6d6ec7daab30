// The generated files that a step may read because its target waits for them.
#pragma once

#include "analyzer/ingest/ninja_manifest.hpp"
#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/model/graph_builder.hpp"

#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace winnow::ingest {

class GeneratedOutputs {
 public:
  enum class Which {
    of_generators, ///< what custom commands make
    of_all         ///< objects, libraries and programs as well
  };

  /// All must outlive this.
  GeneratedOutputs(GraphBuilder& builder, RecordedFiles& files, const NinjaManifest& manifest)
      : builder_(builder), files_(files), manifest_(manifest)
  {}

  /// Every step has to be added.
  void add(StepId step, const NinjaEdge& edge) { edges_.emplace(step, &edge); }

  /// Behind the phony targets among the step's order-only inputs.
  std::vector<FileId> behind(StepId step, Which which);

 private:
  void collect(std::string_view path, Which which, std::vector<FileId>& found,
               std::unordered_set<FileId>& seen);

  GraphBuilder& builder_;
  RecordedFiles& files_;
  const NinjaManifest& manifest_;
  std::unordered_map<StepId, const NinjaEdge*> edges_;
};

} // namespace winnow::ingest
