// Sums steps by target, and follows targets to what they are made of.
#include "daemon/client/build_needs_of_tests.hpp"

#include "analyzer/ingest/ninja_log.hpp"
#include "analyzer/select/needed_targets.hpp"
#include "daemon/client/asked_outputs.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace winnow::client {
namespace {

using Parts = std::vector<std::uint32_t>;

class TargetBuilds {
 public:
  TargetBuilds(const Graph& graph, const Roots& roots)
      : graph_(graph), roots_(roots), made_of_(graph.target_count())
  {
    if (Result<ingest::NinjaLog> log = ingest::read_ninja_log(roots.build + "/.ninja_log")) {
      log_ = std::move(*log);
    }
    for (std::uint32_t index = 0; index < graph.step_count(); ++index) {
      if (const auto target = graph.target_of(StepId{index})) {
        add_inputs(StepId{index}, *target);
      }
    }
  }

  /// On one cpu, by target.
  [[nodiscard]] std::vector<std::int64_t> times_us() const
  {
    std::vector<std::optional<std::int64_t>> known;
    std::map<StepKind, std::vector<std::int64_t>> of_kind;
    for (std::uint32_t index = 0; index < graph_.step_count(); ++index) {
      known.push_back(logged_us(StepId{index}));
      if (known.back()) {
        of_kind[graph_.step_kind(StepId{index})].push_back(*known.back());
      }
    }
    std::map<StepKind, std::int64_t> typical_us;
    for (auto& [kind, times] : of_kind) {
      std::ranges::nth_element(times,
                               times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2));
      typical_us[kind] = times[times.size() / 2];
    }
    std::vector<std::int64_t> times_us(graph_.target_count(), 0);
    for (std::uint32_t index = 0; index < graph_.step_count(); ++index) {
      const auto target = graph_.target_of(StepId{index});
      const StepKind kind = graph_.step_kind(StepId{index});
      if (target && kind != StepKind::phony) {
        typical_us.try_emplace(kind, kind == StepKind::compile ? compile_us : other_us);
        times_us[target->value] += known[index].value_or(typical_us[kind]);
      }
    }
    return times_us;
  }

  /// These targets, with all that they are made of.
  [[nodiscard]] Parts closure(std::span<const TargetId> targets) const
  {
    Parts found;
    std::vector<bool> is_found(made_of_.size(), false);
    const auto add = [&](std::uint32_t target) {
      if (!is_found[target]) {
        is_found[target] = true;
        found.push_back(target);
      }
    };
    for (const TargetId target : targets) {
      add(target.value);
    }
    for (std::size_t next = 0; next < found.size(); ++next) {
      for (const std::uint32_t target : made_of_[found[next]]) {
        add(target);
      }
    }
    std::ranges::sort(found);
    return found;
  }

 private:
  static constexpr std::int64_t compile_us = 1'000'000;
  static constexpr std::int64_t other_us = 100'000;

  /// Who makes what the step reads; headers are left out, of which there are millions.
  void add_inputs(StepId step, TargetId target)
  {
    for (const Neighbour input : graph_.dependencies(graph_.node(step))) {
      const bool is_header =
          input.kind == EdgeKind::header || input.kind == EdgeKind::scanned_header;
      if (is_header || graph_.kind(input.node) != NodeKind::file) {
        continue;
      }
      for (const Neighbour producer : graph_.dependencies(input.node)) {
        const auto made_by = graph_.target_of(graph_.step(producer.node));
        Parts& parts = made_of_[target.value];
        if (made_by && *made_by != target &&
            std::ranges::find(parts, made_by->value) == parts.end()) {
          parts.push_back(made_by->value);
        }
      }
    }
  }

  [[nodiscard]] std::optional<std::int64_t> logged_us(StepId step) const
  {
    for (const Neighbour output : graph_.dependents(graph_.node(step))) {
      const std::string_view path = graph_.path(graph_.file(output.node));
      const auto entry =
          log_.find(origin_of(path) == Origin::build ? ninja_name(path) : roots_.absolute(path));
      if (entry != log_.end()) {
        return entry->second.duration_ms * 1000;
      }
    }
    return std::nullopt;
  }

  const Graph& graph_;
  const Roots& roots_;
  ingest::NinjaLog log_;
  std::vector<Parts> made_of_;
};

} // namespace

split::BuildNeeds build_needs_of_tests(const Graph& graph, const Roots& roots)
{
  const TargetBuilds builds(graph, roots);
  split::BuildNeeds needs;
  needs.part_us = builds.times_us();
  for (std::uint32_t index = 0; index < graph.test_count(); ++index) {
    const std::array tests{TestId{index}};
    needs.parts_of[graph.key(TestId{index})] = builds.closure(select::needed_targets(graph, tests));
  }
  return needs;
}

} // namespace winnow::client
