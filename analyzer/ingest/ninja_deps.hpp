// .ninja_deps: what each output's compiler said it read.
#pragma once

#include "analyzer/model/error.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace winnow::ingest {

/// One output's newest record. Numbers index NinjaDeps::paths.
struct NinjaDepsRecord {
  std::uint32_t output = 0;
  std::int64_t mtime_ns = 0;             ///< of the output when it was recorded
  std::span<const std::uint32_t> inputs; ///< where the log has them
};

struct NinjaDeps {
  std::unique_ptr<const std::string> log; ///< what was parsed
  std::vector<std::string>
      paths; ///< as ninja wrote them: relative to the build directory, or absolute
  std::vector<NinjaDepsRecord>
      records; ///< one per output, in the order of the outputs' paths in `paths`

  /// Of all records: nearly all inputs that a build has.
  [[nodiscard]] std::size_t input_count() const;
};

/// Parses the log's version 4: after the header come records, each a 32-bit size whose highest bit
/// tells dependencies from paths. Ninja appends: the last record of an output counts, and what an
/// interrupted write left at the end is ignored, as ninja ignores it. A data error for another
/// version or header.
Result<NinjaDeps> parse_ninja_deps(std::string log, const std::string& path);

/// Reads `path`. A log that does not exist has no records.
Result<NinjaDeps> read_ninja_deps(const std::string& path);

} // namespace winnow::ingest
