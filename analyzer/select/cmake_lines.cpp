// From the node that differs to its target's places, from those to the edited lines.
#include "analyzer/select/cmake_lines.hpp"

#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/step_outputs.hpp"
#include "analyzer/model/step_source.hpp"
#include "analyzer/select/edited_files.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace winnow::select {
namespace {

constexpr std::size_t most_targets = 2000; ///< that CMake is asked of

bool is_about_configuration(const Reason& reason)
{
  switch (reason.kind) {
  case ReasonKind::changed_command:
  case ReasonKind::changed_inputs:
  case ReasonKind::changed_configured_file:
  case ReasonKind::changed_test:
  case ReasonKind::new_test:
    return !reason.file.empty() && !reason.chain.empty();
  default:
    return false;
  }
}

/// "file:line" taken apart.
std::optional<CMakePlace> place_of(std::string_view defined_at)
{
  const std::size_t colon = defined_at.rfind(':');
  if (colon == std::string_view::npos) {
    return std::nullopt;
  }
  CMakePlace place{std::string(defined_at.substr(0, colon)), 0};
  std::from_chars(defined_at.data() + colon + 1, defined_at.data() + defined_at.size(), place.line);
  return place;
}

/// The parts of a target in the order in which they explain a step that is about one source.
constexpr std::array order_for_source{TargetPart::compiling, TargetPart::source,
                                      TargetPart::definition, TargetPart::dependency,
                                      TargetPart::linking};
/// The same for a step that is about all of the target.
constexpr std::array order_for_all{TargetPart::linking, TargetPart::source, TargetPart::dependency,
                                   TargetPart::definition, TargetPart::compiling};

class LineFinder {
 public:
  LineFinder(const Graph& graph, const EditedFiles& edited, const FindPlaces& places)
      : graph_(graph), edited_(edited), find_places_(places)
  {}

  /// `nearest` is the file that explains the difference as long as no line is known.
  std::optional<CMakePlace> find(NodeId different, std::string_view nearest)
  {
    const auto [at, added] = found_.try_emplace(different);
    if (added) {
      at->second = place_for(different);
      if (!at->second) {
        at->second = edited_.only_change_in(nearest);
      }
      if (!at->second) {
        at->second = definition(different);
      }
    }
    return at->second;
  }

 private:
  std::optional<CMakePlace> place_for(NodeId different)
  {
    switch (graph_.kind(different)) {
    case NodeKind::test:
      return place_for_test(graph_.test(different));
    case NodeKind::file: {
      const auto only = edited_.only_command();
      return only ? only : edited_.change_naming(base_name(graph_.path(graph_.file(different))));
    }
    case NodeKind::step:
      break;
    }
    const auto only = edited_.only_command();
    return only ? only : place_for_step(graph_.step(different));
  }

  std::optional<CMakePlace> place_for_test(TestId test)
  {
    const auto defined = place_of(graph_.defined_at(test));
    if (const auto place = defined ? edited_.change_at(*defined) : std::nullopt) {
      return place;
    }
    const auto only = edited_.only_command();
    return only ? only : edited_.change_naming(graph_.key(test).name);
  }

  std::optional<CMakePlace> place_for_step(StepId step)
  {
    const std::optional<TargetId> target = graph_.target_of(step);
    if (!target) {
      return place_for_outputs(step);
    }
    const std::string name(graph_.target_name(*target));
    std::optional<std::string_view> source;
    if (const auto file = source_of(graph_, step)) {
      source = graph_.path(*file);
    }
    const auto place = change_of(name, source);
    return place ? place : change_behind(name, source);
  }

  std::optional<CMakePlace> place_for_outputs(StepId step) const
  {
    for (const FileId output : stated_outputs(graph_, step)) {
      if (const auto place = edited_.change_naming(base_name(graph_.path(output)))) {
        return place;
      }
    }
    return std::nullopt;
  }

  const TargetPlaces* places_of(const std::string& target)
  {
    const bool may_ask = asked_.contains(target) || asked_.size() < most_targets;
    if (!may_ask) {
      return nullptr;
    }
    asked_.insert(target);
    return find_places_(target);
  }

  /// In the target itself. Of its sources only `source` counts, if the step is about one.
  std::optional<CMakePlace> change_of(const std::string& target,
                                      std::optional<std::string_view> source)
  {
    const TargetPlaces* places = places_of(target);
    if (places == nullptr) {
      return edited_.change_naming(target);
    }
    for (const TargetPart part : source ? order_for_source : order_for_all) {
      for (const PlacedPart& placed : places->parts) {
        const bool other_source = part == TargetPart::source && source && placed.source != *source;
        const auto place =
            placed.part != part || other_source ? std::nullopt : change_along(placed.calls);
        if (place) {
          return place;
        }
      }
    }
    return edited_.change_naming(target);
  }

  [[nodiscard]] std::optional<CMakePlace> change_along(const std::vector<CMakePlace>& calls) const
  {
    for (const CMakePlace& call : calls) {
      if (const auto place = edited_.change_at(call)) {
        return place;
      }
    }
    return std::nullopt;
  }

  /// In what the target depends on, the nearest first: usage requirements come from there.
  std::optional<CMakePlace> change_behind(const std::string& target,
                                          std::optional<std::string_view> source)
  {
    std::vector<std::string> queue{target};
    std::set<std::string> seen{target};
    for (std::size_t next = 0; next < queue.size(); ++next) {
      const TargetPlaces* places = places_of(queue[next]);
      if (places == nullptr) {
        continue;
      }
      for (const std::string& dependency : places->dependencies) {
        if (!seen.insert(dependency).second) {
          continue;
        }
        if (const auto place = change_of(dependency, source)) {
          return place;
        }
        queue.push_back(dependency);
      }
    }
    return std::nullopt;
  }

  /// Where the target or test is defined, if that file was edited at all.
  std::optional<CMakePlace> definition(NodeId different)
  {
    if (graph_.kind(different) == NodeKind::test) {
      const auto place = place_of(graph_.defined_at(graph_.test(different)));
      return place && edited_.contain(place->file) ? place : std::nullopt;
    }
    const auto target = graph_.kind(different) == NodeKind::step
                            ? graph_.target_of(graph_.step(different))
                            : std::nullopt;
    const TargetPlaces* places =
        target ? places_of(std::string(graph_.target_name(*target))) : nullptr;
    if (places != nullptr) {
      for (const PlacedPart& placed : places->parts) {
        const auto call = std::ranges::find_if(
            placed.calls, [&](const CMakePlace& one) { return edited_.contain(one.file); });
        if (placed.part == TargetPart::definition && call != placed.calls.end()) {
          return *call;
        }
      }
    }
    return std::nullopt;
  }

  const Graph& graph_;
  const EditedFiles& edited_;
  const FindPlaces& find_places_;
  std::map<NodeId, std::optional<CMakePlace>> found_;
  std::set<std::string> asked_;
};

} // namespace

bool wants_cmake_lines(const SelectedTest& test)
{
  return std::ranges::any_of(test.reasons, is_about_configuration);
}

void name_cmake_lines(const Graph& graph, std::span<const EditedFile> edited,
                      const FindPlaces& places, std::span<SelectedTest* const> tests)
{
  const EditedFiles files(edited);
  LineFinder finder(graph, files, places);
  for (SelectedTest* const test : tests) {
    for (Reason& reason : test->reasons) {
      if (!is_about_configuration(reason)) {
        continue;
      }
      if (const auto place = finder.find(reason.chain.front().node, reason.file)) {
        reason.file = place->file;
        reason.defined_at = place->file + ":" + std::to_string(place->line);
      }
    }
  }
}

} // namespace winnow::select
