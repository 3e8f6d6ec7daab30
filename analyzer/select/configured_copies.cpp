// Compares what lies in both build trees beside the outputs of steps.
#include "analyzer/select/configured_copies.hpp"

#include "analyzer/model/roots.hpp"
#include "analyzer/select/configuration_files.hpp"
#include "analyzer/select/graph_difference.hpp"
#include "analyzer/select/possible_use.hpp"
#include "analyzer/select/staged_files.hpp"
#include "analyzer/select/volatile_stamps.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

namespace winnow::select {
namespace {

using Paths = std::set<std::string_view>;

/// The data of the sources among them.
Paths inputs_of_configuring(const Graph& graph)
{
  Paths paths;
  for (StepId step{0}; step.value < graph.step_count(); ++step.value) {
    if (is_configure_step(graph, step)) {
      for (const Neighbour input : graph.dependencies(graph.node(step))) {
        const std::string_view path = graph.path(graph.file(input.node));
        if (origin_of(path) == Origin::source && may_be_staged(path)) {
          paths.insert(path);
        }
      }
    }
  }
  return paths;
}

bool has_original_in(const Paths& paths, std::string_view copy)
{
  return std::ranges::any_of(
      paths, [&](std::string_view original) { return is_called_like(copy, original); });
}

class Copies {
 public:
  Copies(const ComparedTrees& trees, const CMakeExplanation& explanation, RuleBook& rules)
      : trees_(trees), explanation_(explanation), rules_(rules)
  {
    const Paths of_base = inputs_of_configuring(trees.base);
    const Paths of_head = inputs_of_configuring(trees.head);
    std::ranges::set_difference(of_base, of_head, std::inserter(gone_, gone_.end()));
    std::ranges::set_difference(of_head, of_base, std::inserter(new_, new_.end()));
    for (const TouchedPath& touched : trees.touched) {
      if (may_be_data(touched.path) && is_read(touched.path)) {
        new_.insert(touched.path);
      }
    }
  }

  std::vector<ConfiguredCopy> differing() &&
  {
    for (const FileId file : files_below(trees_.head, build_directory)) {
      if (is_left(trees_.head, file) && differs(file)) {
        add(file);
      }
    }
    const std::vector<FileId> of_base =
        gone_.empty() ? std::vector<FileId>() : files_below(trees_.base, build_directory);
    for (const FileId file : of_base) {
      const std::string path(trees_.base.path(file));
      if (is_left(trees_.base, file) && has_original_in(gone_, path)) {
        copies_.push_back({path, path, {}});
      }
    }
    return std::move(copies_);
  }

 private:
  [[nodiscard]] bool is_left(const Graph& graph, FileId file) const
  {
    const std::string_view path = graph.path(file);
    const Neighbours users = graph.dependents(graph.node(file));
    return !graph.is_output(file) && may_be_staged(path) &&
           !is_volatile(trees_.meaningless, path) && !rules_.ignored_by(ruled_name(path)) &&
           std::all_of(users.begin(), users.end(), [](Neighbour user) {
             return user.kind == EdgeKind::below_argument || is_mention(user.kind);
           });
  }

  [[nodiscard]] bool differs(FileId file) const
  {
    const std::string_view path = trees_.head.path(file);
    const auto at_base = trees_.base.find_file(path);
    const ContentHash now = trees_.head.recorded_hash(file);
    const ContentHash then = at_base ? trees_.base.recorded_hash(*at_base) : ContentHash();
    return (now.known() && then.known() && !same_content(now, then)) ||
           (has_original_in(new_, path) && !is_copy_of_another(path));
  }

  [[nodiscard]] bool is_read(std::string_view path) const
  {
    return std::ranges::find(trees_.configured_by, path) != trees_.configured_by.end();
  }

  /// Whether a file of that name lies in the same place among the sources, and did not change.
  [[nodiscard]] bool is_copy_of_another(std::string_view copy) const
  {
    const std::string original(ruled_name(copy));
    return std::ranges::any_of(std::array{original, original + ".in"}, [&](const auto& path) {
      return trees_.head.find_file(path) && !new_.contains(path);
    });
  }

  void add(FileId file)
  {
    const NodeId node = trees_.head.node(file);
    std::string copy(trees_.head.path(file));
    Reason reason;
    explanation_.explain(reason, node);
    for (const std::string& original : trees_.configured_by) {
      if (is_called_like(copy, original)) {
        if (rules_.ignored_by(original)) {
          return;
        }
        reason.file = original;
      }
    }
    if (!reason.file.empty() || !asks_for_commit(trees_.head)) {
      copies_.push_back({std::move(reason.file), std::move(copy), {{node, {}}}});
    }
  }

  const ComparedTrees& trees_;
  const CMakeExplanation& explanation_;
  RuleBook& rules_;
  Paths new_;  ///< that configuring reads in head only, or reads and that changed
  Paths gone_; ///< that configuring reads in base only
  std::vector<ConfiguredCopy> copies_;
};

} // namespace

std::vector<ConfiguredCopy> configured_copies(const ComparedTrees& compared,
                                              const CMakeExplanation& explanation, RuleBook& rules)
{
  if (are_of_one_configuration(compared.base, compared.head)) {
    return {};
  }
  return Copies(compared, explanation, rules).differing();
}

} // namespace winnow::select
