// Groups tests by the source directory that defines them.
#include "analyzer/select/part.hpp"

#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/select/staged_files.hpp"

#include <algorithm>
#include <iterator>

namespace winnow::select {

namespace {

/// What a test runs or loads says nothing of what it reads.
bool is_program(const Graph& graph, NodeId file)
{
  return std::ranges::any_of(graph.dependencies(file), [&](Neighbour producer) {
    const StepKind kind = graph.step_kind(graph.step(producer.node));
    return kind == StepKind::link || kind == StepKind::archive;
  });
}

Closure closure_in(const Graph& graph, TestId test)
{
  for (const Neighbour input : graph.dependencies(graph.node(test))) {
    if (input.kind == EdgeKind::declared_input && !is_program(graph, input.node)) {
      return Closure::closed;
    }
  }
  return Closure::opaque;
}

} // namespace

std::vector<Closure> closures_of(const Graph& graph, const Settings* settings,
                                 const TestLabels* labels)
{
  std::vector<Closure> closures;
  closures.reserve(graph.test_count());
  for (std::uint32_t i = 0; i < graph.test_count(); ++i) {
    closures.push_back(closure_in(graph, TestId{i}));
  }
  const auto declare = [&](const TestSelector& selector, Closure closure) {
    for (const TestId test : tests_meant_by(selector, graph, labels).tests) {
      closures[test.value] = closure;
    }
  };
  if (settings != nullptr) {
    declare(settings->closed, Closure::closed);
    declare(settings->opaque, Closure::opaque);
  }
  return closures;
}

std::string_view part_of(const Graph& graph, TestId test)
{
  const std::string_view directory = graph.source_directory(test);
  return directory == "." ? std::string_view() : directory;
}

Parts::Parts(const Graph& graph, const Settings* settings, const TestLabels* labels)
{
  const std::vector<Closure> closures = closures_of(graph, settings, labels);
  auto part = opaque_by_directory_.end(); // tests of one part mostly follow each other
  for (std::uint32_t i = 0; i < graph.test_count(); ++i) {
    const std::string_view directory = part_of(graph, TestId{i});
    if (part == opaque_by_directory_.end() || part->first != directory) {
      part = opaque_by_directory_.try_emplace(std::string(directory)).first;
    }
    if (closures[i] == Closure::opaque) {
      part->second.push_back(TestId{i});
      opaque_.push_back(TestId{i});
    }
  }
}

std::optional<std::string_view> Parts::part_around(std::string_view path) const
{
  if (origin_of(path) != Origin::source) {
    return std::nullopt;
  }
  while (true) {
    path = directory_of(path);
    if (const auto part = opaque_by_directory_.find(path); part != opaque_by_directory_.end()) {
      return part->first;
    }
    if (path.empty()) {
      return std::nullopt;
    }
  }
}

std::optional<std::span<const TestId>> Parts::opaque_tests_around(std::string_view path) const
{
  const std::optional<std::string_view> part = part_around(path);
  return part ? std::optional<std::span<const TestId>>(opaque_by_directory_.find(*part)->second)
              : std::nullopt;
}

std::span<const TestId> Parts::opaque_tests_around(const Graph& graph, TargetId target) const
{
  const std::string inside = std::string(graph.target_directory(target)) + "/";
  return opaque_tests_around(inside == "./" ? "" : inside).value_or(opaque_tests());
}

Parts::OfCopy Parts::parts_of_copy(std::string_view file, std::string_view copy) const
{
  return {part_around(file), part_around(ruled_name(copy))};
}

std::vector<TestId> Parts::opaque_tests_around(const OfCopy& parts) const
{
  if (!parts.file && !parts.copy) {
    return opaque_;
  }
  const auto tests_in = [&](const std::optional<std::string_view>& part) {
    return part ? std::span<const TestId>(opaque_by_directory_.find(*part)->second)
                : std::span<const TestId>();
  };
  std::vector<TestId> tests;
  std::ranges::set_union(tests_in(parts.file), tests_in(parts.copy), std::back_inserter(tests));
  return tests;
}

} // namespace winnow::select
