// .ninja_log: when ninja last made each output.
#pragma once

#include "analyzer/model/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace winnow::ingest {

struct NinjaLogEntry {
  /// What ninja compares with the times of inputs: of the output once it was made, or, from ninja
  /// 1.12 on, when its command began. 0 if the command left no output.
  std::int64_t mtime_ns = 0;
  std::int64_t duration_ms = 0;   ///< of the command; never negative
  std::uint64_t command_hash = 0; ///< ninja's own; 0 if it cannot be read

  bool operator==(const NinjaLogEntry&) const = default;
};

/// The newest entry of each output, by its name as build.ninja has it.
using NinjaLog = std::unordered_map<std::string, NinjaLogEntry>;

/// Parses versions 5 to 7: after the header come lines `begin TAB end TAB mtime TAB output TAB
/// hash`, begin and end in milliseconds since that build began. Lines of another form, such as what
/// an interrupted write left, are passed over. A data error for another version or header.
Result<NinjaLog> parse_ninja_log(std::string_view text, const std::string& path);

/// Reads `path`. A log that does not exist has no entries.
Result<NinjaLog> read_ninja_log(const std::string& path);

} // namespace winnow::ingest
