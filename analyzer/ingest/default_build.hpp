// What ninja builds if it is asked for nothing.
#pragma once

#include "analyzer/ingest/ninja_manifest.hpp"
#include "analyzer/model/graph_builder.hpp"
#include "analyzer/model/text_hash.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// Finds the custom commands that `all` runs. Names are compared as ninja does: as they are
/// written.
class DefaultBuild {
 public:
  /// Both must outlive this.
  DefaultBuild(GraphBuilder& builder, const NinjaManifest& manifest)
      : builder_(builder), manifest_(manifest)
  {}

  /// `step` is none for an edge that is left out of the graph, as those of `all` are.
  void add(const NinjaEdge& edge, std::optional<StepId> step);

  /// Marks them in the builder. All edges must have been added.
  void mark();

 private:
  struct Maker {
    const NinjaEdge* edge = nullptr; ///< null once it was come by
    std::optional<StepId> step;
  };

  GraphBuilder& builder_;
  const NinjaManifest& manifest_;
  std::vector<Maker> makers_;
  /// Index of the maker of each output.
  boost::unordered_flat_map<std::string_view, std::uint32_t, TextHash> maker_of_;
};

} // namespace winnow::ingest
