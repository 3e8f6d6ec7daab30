// What CMake means by an edge of the build.ninja it writes.
#pragma once

#include "analyzer/ingest/ninja_manifest.hpp"
#include "analyzer/model/graph_records.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace winnow::ingest {

StepKind step_kind_of(const NinjaEdge& edge);

/// Whether the edge only serves the person at the keyboard: `all`, `test`, `install`, `clean`, the
/// CTest dashboard, or a mark that a file may be missing. No test can depend on what it does.
bool is_for_people(const NinjaManifest& manifest, const NinjaEdge& edge);

/// Whether include(CTest) made the target: Experimental, NightlyBuild and so on.
bool is_dashboard_target(std::string_view name);

struct TargetPlace {
  std::string name;
  std::string directory; ///< where its objects are; mirrors where it is defined. "" is the top
};

/// The target that a `DIRECTORY/CMakeFiles/NAME.dir` belongs to.
std::optional<TargetPlace> target_of_object_directory(std::string_view object_directory);

/// The File API's name for what a link or archive step of that rule makes; "" for other rules.
std::string_view target_type_of_rule(std::string_view rule);

} // namespace winnow::ingest
