// One record per name, completed from several sources.
#include "analyzer/ingest/recorded_targets.hpp"

#include "analyzer/ingest/ninja_edge_kind.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace winnow::ingest {

TargetId RecordedTargets::target(const std::string& name)
{
  if (const auto found = ids_.find(name); found != ids_.end()) {
    return found->second;
  }
  const TargetId id =
      builder_.add_target({.name = name, .type = {}, .directory = {}, .artifacts = {}});
  ids_.emplace(name, id);
  return id;
}

std::optional<TargetId> RecordedTargets::find(const std::string& name) const
{
  const auto found = ids_.find(name);
  return found == ids_.end() ? std::nullopt : std::optional(found->second);
}

bool RecordedTargets::is_linked(const std::string& name) const
{
  const std::optional<TargetId> target = find(name);
  return target && is_linked(*target);
}

bool RecordedTargets::is_linked(TargetId target) const
{
  return !builder_.target(target).artifacts.empty();
}

std::optional<TargetId> RecordedTargets::target_of(const NinjaManifest& manifest,
                                                   const NinjaEdge& edge)
{
  const StepKind kind = step_kind_of(edge);
  if (kind != StepKind::compile && kind != StepKind::archive && kind != StepKind::link) {
    return std::nullopt;
  }
  const std::optional<TargetPlace> place =
      target_of_object_directory(manifest.variable(edge, "OBJECT_DIR"));
  if (!place) {
    return std::nullopt;
  }
  const TargetId target = this->target(place->name);
  if (kind != StepKind::compile) {
    describe(target, target_type_of_rule(edge.rule->name), place->directory);
    // The first: what POST_BUILD commands write follows it.
    add_artifact(target, files_.output(manifest.outputs(edge).front()));
  }
  return target;
}

void RecordedTargets::add_artifact(TargetId target, FileId artifact)
{
  std::vector<FileId>& artifacts = builder_.target(target).artifacts;
  if (std::find(artifacts.begin(), artifacts.end(), artifact) == artifacts.end()) {
    artifacts.push_back(artifact);
  }
}

void RecordedTargets::describe(TargetId target, std::string_view type, std::string_view directory)
{
  builder_.target(target).type = type;
  const std::string absolute = directory.starts_with('/')
                                   ? std::string(directory)
                                   : fmt::format("{}/{}", files_.roots().source, directory);
  const std::string path = lexically_normal(absolute);
  builder_.target(target).directory =
      path == files_.roots().source ? std::string() : files_.roots().graph_path(path);
}

void RecordedTargets::add(const ApiTarget& target)
{
  const TargetId id = this->target(target.name);
  const std::string type = target.type.empty() ? builder_.target(id).type : target.type;
  describe(id, type, target.directory);
  // The artifacts of an object library are its objects, which nobody runs.
  if (target.type != "OBJECT_LIBRARY") {
    for (const std::string& artifact : target.artifacts) {
      add_artifact(id, files_.output(artifact));
    }
  }
}

void RecordedTargets::add(const ExportedTarget& target)
{
  const TargetId id = this->target(target.name);
  describe(id, target.type, target.directory);
  if (!target.artifact.empty()) {
    add_artifact(id, files_.output(target.artifact));
  }
  for (const std::string& header : target.headers) {
    files_.input(header); // known to the graph even while nobody includes it
  }
}

} // namespace winnow::ingest
