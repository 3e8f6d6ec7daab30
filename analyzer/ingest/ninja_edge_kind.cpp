// Names by which CMake's Ninja generator calls rules and helper targets.
#include "analyzer/ingest/ninja_edge_kind.hpp"

#include <algorithm>
#include <array>

namespace winnow::ingest {
namespace {

struct RuleMark {
  std::string_view part;
  StepKind kind;
  std::string_view target_type;
};

constexpr std::array rule_marks{
    RuleMark{"_COMPILER__", StepKind::compile, ""},
    RuleMark{"_STATIC_LIBRARY_LINKER__", StepKind::archive, "STATIC_LIBRARY"},
    RuleMark{"_SHARED_LIBRARY_LINKER__", StepKind::link, "SHARED_LIBRARY"},
    RuleMark{"_MODULE_LIBRARY_LINKER__", StepKind::link, "MODULE_LIBRARY"},
    RuleMark{"_EXECUTABLE_LINKER__", StepKind::link, "EXECUTABLE"},
    RuleMark{"_SCAN__", StepKind::scan, ""},
    RuleMark{"_DYNDEP__", StepKind::scan, ""},
};

const RuleMark* mark_of(std::string_view rule)
{
  const auto found = std::find_if(rule_marks.begin(), rule_marks.end(), [&](const RuleMark& mark) {
    return rule.find(mark.part) != std::string_view::npos;
  });
  return found == rule_marks.end() ? nullptr : &*found;
}

constexpr std::array<std::string_view, 13> global_targets{
    "all",           "clean",          "codegen",
    "edit_cache",    "help",           "install",
    "install/local", "install/strip",  "list_install_components",
    "package",       "package_source", "rebuild_cache",
    "test"};

/// `name`, also as `<directory>/name`.
bool ends_in_component(std::string_view path, std::string_view name)
{
  return path.ends_with(name) &&
         (path.size() == name.size() || path[path.size() - name.size() - 1] == '/');
}

/// `test` for the outputs `test`, `a/test` and `a/CMakeFiles/test.util`.
bool is_global_target(std::string_view output)
{
  static constexpr std::string_view suffix = ".util";
  if (output.ends_with(suffix)) {
    output.remove_suffix(suffix.size());
    if (output.find("CMakeFiles/") == std::string_view::npos) {
      return false;
    }
  }
  return std::any_of(global_targets.begin(), global_targets.end(),
                     [&](std::string_view name) { return ends_in_component(output, name); });
}

} // namespace

bool is_dashboard_target(std::string_view name)
{
  static constexpr std::array<std::string_view, 3> modes{"Nightly", "Experimental", "Continuous"};
  static constexpr std::array<std::string_view, 10> steps{
      "",     "Start",    "Update",   "Configure",   "Build",
      "Test", "Coverage", "MemCheck", "MemoryCheck", "Submit"};
  for (const std::string_view mode : modes) {
    if (name.starts_with(mode)) {
      return std::find(steps.begin(), steps.end(), name.substr(mode.size())) != steps.end();
    }
  }
  return false;
}

StepKind step_kind_of(const NinjaEdge& edge)
{
  if (const RuleMark* mark = mark_of(edge.rule->name)) {
    return mark->kind;
  }
  if (edge.rule->name == "phony") {
    return StepKind::phony;
  }
  return edge.rule->name == "CUSTOM_COMMAND" ? StepKind::custom : StepKind::other;
}

bool is_for_people(const NinjaManifest& manifest, const NinjaEdge& edge)
{
  const std::string_view rule = edge.rule->name;
  const bool phony = rule == "phony";
  if (rule == "CLEAN" || rule == "HELP") {
    return true;
  }
  if (phony && edge.explicit_inputs + edge.implicit_inputs + edge.order_only_inputs == 0) {
    return true;
  }
  const std::string_view output = manifest.outputs(edge).front();
  const std::string_view name = output.substr(output.rfind('/') + 1);
  const bool global = phony || output.ends_with(".util");
  return (global && is_global_target(output)) ||
         ((phony || rule == "CUSTOM_COMMAND") && is_dashboard_target(name));
}

std::optional<TargetPlace> target_of_object_directory(std::string_view object_directory)
{
  static constexpr std::string_view parent = "CMakeFiles/";
  static constexpr std::string_view suffix = ".dir";
  const std::size_t at = object_directory.rfind(parent);
  if (at == std::string_view::npos || !object_directory.ends_with(suffix)) {
    return std::nullopt;
  }
  const std::string_view name = object_directory.substr(at + parent.size());
  const std::string_view directory = object_directory.substr(0, at == 0 ? 0 : at - 1);
  return TargetPlace{std::string(name.substr(0, name.size() - suffix.size())),
                     std::string(directory)};
}

std::string_view target_type_of_rule(std::string_view rule)
{
  const RuleMark* mark = mark_of(rule);
  return mark ? mark->target_type : std::string_view();
}

} // namespace winnow::ingest
