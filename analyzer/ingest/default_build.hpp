// What ninja builds if it is asked for nothing.
#pragma once

#include "analyzer/ingest/ninja_manifest.hpp"
#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/model/graph_builder.hpp"

#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::ingest {

/// Finds the custom commands that `all` runs for their own sake: those that it comes by through
/// names and other custom commands, not through what is compiled or linked.
class DefaultBuild {
 public:
  /// All must outlive this.
  DefaultBuild(GraphBuilder& builder, RecordedFiles& files, const NinjaManifest& manifest)
      : builder_(builder), files_(files), manifest_(manifest)
  {}

  /// An edge that is no step: `all` and those of directories are among them.
  void add_name(const NinjaEdge& edge);
  void add_step(StepId step, const NinjaEdge& edge);

  /// Marks them in the builder. All edges must have been added.
  void mark();

 private:
  void add_inputs(const NinjaEdge& edge);

  GraphBuilder& builder_;
  RecordedFiles& files_;
  const NinjaManifest& manifest_;
  std::unordered_map<std::string_view, const NinjaEdge*> names_;
  std::unordered_map<StepId, const NinjaEdge*> edges_; ///< of custom commands and phony steps
  std::vector<std::string_view> pending_;
};

} // namespace winnow::ingest
