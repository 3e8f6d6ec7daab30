// The targets of a graph under construction, by name.
#pragma once

#include "analyzer/ingest/export_file.hpp"
#include "analyzer/ingest/file_api.hpp"
#include "analyzer/ingest/ninja_manifest.hpp"
#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/model/graph_builder.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace winnow::ingest {

class RecordedTargets {
 public:
  RecordedTargets(GraphBuilder& builder, RecordedFiles& files) : builder_(builder), files_(files) {}

  /// The target of that name, added on first mention.
  TargetId target(const std::string& name);
  [[nodiscard]] std::optional<TargetId> find(const std::string& name) const;
  /// The target that a compile or link step is for; what links it tells its type and artifact.
  std::optional<TargetId> target_of(const NinjaManifest& manifest, const NinjaEdge& edge);
  /// Whether a link step tells its type and artifact.
  [[nodiscard]] bool is_linked(const std::string& name) const;
  [[nodiscard]] bool is_linked(TargetId target) const;

  /// `directory`: where it is defined, absolute or from the source root.
  void describe(TargetId target, std::string_view type, std::string_view directory);
  void add_artifact(TargetId target, FileId artifact);
  /// Header-only libraries and types that the build file does not tell. What CMake says beats what
  /// was inferred.
  void add(const ApiTarget& target);
  void add(const ExportedTarget& target);

 private:
  GraphBuilder& builder_;
  RecordedFiles& files_;
  std::unordered_map<std::string, TargetId> ids_;
};

} // namespace winnow::ingest
