// Dyndep files: what ninja learns of steps only while it builds.
#pragma once

#include "analyzer/model/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// What a dyndep file adds to the step that makes `output`; paths as written, escapes resolved.
struct DyndepEdge {
  std::string output;
  std::vector<std::string> outputs;
  std::vector<std::string> inputs;

  bool operator==(const DyndepEdge&) const = default;
};

/// The edges in file order. Format: ninja's manual, "Dyndep file reference". A data error names
/// `path` and the line that is none of it.
Result<std::vector<DyndepEdge>> parse_dyndep(std::string_view text, const std::string& path);

} // namespace winnow::ingest
