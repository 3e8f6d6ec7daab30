// Typed numbers for the things of a graph.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace winnow {

/// A dense index, starting at 0, into one table of one graph. Ids of two graphs do not mix.
template <class Tag>
struct Id {
  std::uint32_t value = 0;

  constexpr auto operator<=>(const Id&) const = default;
};

using FileId = Id<struct FileTag>;
using StepId = Id<struct StepTag>;
using TargetId = Id<struct TargetTag>;
using TestId = Id<struct TestTag>;
/// A list of directories that compile steps search.
using SearchId = Id<struct SearchTag>;
/// The definitions of a command.
using DefinitionsId = Id<struct DefinitionsTag>;

/// Any vertex of a graph. Files come first, then steps, then tests; Graph converts.
using NodeId = Id<struct NodeTag>;

} // namespace winnow

template <class Tag>
struct std::hash<winnow::Id<Tag>> {
  std::size_t operator()(winnow::Id<Tag> id) const noexcept { return id.value; }
};
