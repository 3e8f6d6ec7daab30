// The directories that define libraries, each with what lies below it.
#pragma once

#include "analyzer/model/graph.hpp"

#include <optional>
#include <set>
#include <string_view>

namespace winnow::select {

/// Views into the graph, which must outlive it.
class LibraryHomes {
 public:
  explicit LibraryHomes(const Graph& graph);

  /// The nearest directory at or above `directory` that defines a library, "" for the root; nothing
  /// if there is none.
  [[nodiscard]] std::optional<std::string_view> home_of(std::string_view directory) const;

 private:
  std::set<std::string_view> homes_;
};

/// Of any type that others can link.
bool is_library(const Graph& graph, TargetId target);

} // namespace winnow::select
