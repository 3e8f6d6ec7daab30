// Looks up keys, and what targets discovered since.
#include "daemon/client/planned_tests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace winnow::client {
namespace {

std::set<TestKey> keys_of(const Plan& plan)
{
  std::set<TestKey> keys;
  for (const Chunk& chunk : plan.chunks) {
    keys.insert(chunk.tests.begin(), chunk.tests.end());
  }
  return keys;
}

/// The chunk to which each target's new tests belong.
std::map<std::string_view, std::uint32_t> chunks_by_target(const Plan& plan)
{
  std::map<std::string_view, std::uint32_t> chunks;
  for (const Chunk& chunk : plan.chunks) {
    for (const std::string& target : chunk.discovers) {
      chunks.emplace(target, chunk.index);
    }
  }
  return chunks;
}

enum class Tie { runs, any };

/// Whether the test runs the target, or comes from what it lists.
bool is_tied(const Graph& graph, TestId test, TargetId target, Tie tie)
{
  if (tie == Tie::any) {
    return true;
  }
  const std::vector<FileId> artifacts = graph.artifacts(target);
  return std::ranges::any_of(graph.dependencies(graph.node(test)), [&](Neighbour input) {
    const bool runs = input.kind == EdgeKind::executable || input.kind == EdgeKind::discovered_from;
    return runs && std::ranges::find(artifacts, graph.file(input.node)) != artifacts.end();
  });
}

class TestsOfChunks {
 public:
  TestsOfChunks(const Plan& plan, const Graph& graph, const std::vector<TestDescription>& listed)
      : graph_(graph), planned_(keys_of(plan)), chunk_of_target_(chunks_by_target(plan))
  {
    for (const TestDescription& test : listed) {
      listed_.emplace(test.key, &test);
      if (planned_.contains(test.key)) {
        continue;
      }
      if (const auto target = target_of_new(test.key); target != chunk_of_target_.end()) {
        new_[target->second].emplace_back(&test, target->first);
      }
    }
  }

  void add(const Chunk& chunk, PlannedTests& planned)
  {
    for (const TestKey& key : chunk.tests) {
      const auto found = listed_.find(key);
      if (found != listed_.end()) {
        planned.tests.push_back({*found->second, chunk.index});
      } else if (!was_placeholder(key)) {
        missing_.insert(key.display());
      }
    }
    for (const auto& [test, target] : new_[chunk.index]) {
      planned.tests.push_back({*test, chunk.index});
      planned.discovered.push_back({test->key, std::string(target)});
    }
  }

  [[nodiscard]] const std::set<std::string>& missing() const { return missing_; }

 private:
  using ChunkOfTarget = std::map<std::string_view, std::uint32_t>;

  /// The target of the plan that the test came from; end() if there is none.
  [[nodiscard]] ChunkOfTarget::const_iterator target_of_new(const TestKey& key) const
  {
    const std::optional<TestId> test = graph_.find_test(key);
    for (const TargetId target : test ? graph_.targets(*test) : std::vector<TargetId>()) {
      const auto found = chunk_of_target_.find(graph_.target_name(target));
      if (found != chunk_of_target_.end()) {
        return found;
      }
    }
    return chunk_of_target_.end();
  }

  /// Whether it only stood in for what a target of the plan, built since, lists by itself.
  [[nodiscard]] bool was_placeholder(const TestKey& key) const
  {
    const std::size_t mark = key.name.rfind("_NOT_BUILT");
    return mark != std::string::npos &&
           chunk_of_target_.contains(std::string_view(key.name).substr(0, mark));
  }

  const Graph& graph_;
  std::set<TestKey> planned_;
  ChunkOfTarget chunk_of_target_;
  std::map<TestKey, const TestDescription*> listed_;
  std::map<std::uint32_t, std::vector<std::pair<const TestDescription*, std::string_view>>> new_;
  std::set<std::string> missing_;
};

Error missing_error(const std::string& file, const std::set<std::string>& missing)
{
  constexpr std::size_t most_named = 5;
  std::string names;
  std::size_t count = 0;
  for (const std::string& name : missing) {
    if (++count > most_named) {
      names += fmt::format(" and {} more", missing.size() - most_named);
      break;
    }
    names += (names.empty() ? "" : ", ") + name;
  }
  return user_error(fmt::format("the plan {} names tests that this build tree does not have: {}; "
                                "build what lists them (--build), or make the plan anew with "
                                "`winnow split`",
                                file, names));
}

} // namespace

Result<PlannedTests> planned_tests(const Plan& plan, const PlanOptions& options,
                                   const BuildContext& context,
                                   const std::vector<TestDescription>& listed)
{
  TestsOfChunks found(plan, context.graph, listed);
  PlannedTests planned;
  for (const Chunk& chunk : wanted_chunks(plan, options)) {
    found.add(chunk, planned);
  }
  if (!found.missing().empty()) {
    return missing_error(options.file, found.missing());
  }
  return planned;
}

void note_discovering_targets(Plan& plan, const Graph& graph)
{
  const std::set<TestKey> planned = keys_of(plan);
  std::set<TargetId> settled;
  for (std::uint32_t i = 0; i < graph.test_count(); ++i) {
    if (!planned.contains(graph.key(TestId{i}))) {
      const std::vector<TargetId> targets = graph.targets(TestId{i});
      settled.insert(targets.begin(), targets.end());
    }
  }
  // What a target lists belongs beside what it listed before, not beside a script that is given it.
  for (const Tie tie : {Tie::runs, Tie::any}) {
    for (Chunk& chunk : plan.chunks) {
      for (const TestKey& key : chunk.tests) {
        const std::optional<TestId> test = graph.find_test(key);
        for (const TargetId target : test ? graph.targets(*test) : std::vector<TargetId>()) {
          if (graph.target_type(target) == "EXECUTABLE" && is_tied(graph, *test, target, tie) &&
              settled.insert(target).second) {
            chunk.discovers.emplace_back(graph.target_name(target));
          }
        }
      }
    }
  }
}

} // namespace winnow::client
