// Groups tests by the source directory that defines them.
#include "analyzer/select/part.hpp"

#include "analyzer/model/roots.hpp"
#include "analyzer/select/file_kind.hpp"

namespace winnow::select {

Closure closure_of(const Graph& graph, TestId test)
{
  for (const Neighbour input : graph.dependencies(graph.node(test))) {
    if (input.kind == EdgeKind::declared_input) {
      return Closure::closed;
    }
  }
  return Closure::opaque;
}

Parts::Parts(const Graph& graph)
{
  for (std::uint32_t i = 0; i < graph.test_count(); ++i) {
    std::string_view directory = graph.source_directory(TestId{i});
    if (directory == ".") {
      directory = {};
    }
    std::vector<TestId>& opaque = opaque_by_directory_[std::string(directory)];
    if (closure_of(graph, TestId{i}) == Closure::opaque) {
      opaque.push_back(TestId{i});
    }
  }
}

std::optional<std::span<const TestId>> Parts::opaque_tests_around(std::string_view path) const
{
  if (origin_of(path) != Origin::source) {
    return std::nullopt;
  }
  while (true) {
    path = directory_of(path);
    if (const auto part = opaque_by_directory_.find(path); part != opaque_by_directory_.end()) {
      return part->second;
    }
    if (path.empty()) {
      return std::nullopt;
    }
  }
}

} // namespace winnow::select
