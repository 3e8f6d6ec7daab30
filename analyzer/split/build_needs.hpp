// What of the build each test needs.
#pragma once

#include "analyzer/model/test_description.hpp"

#include <cstdint>
#include <map>
#include <vector>

namespace winnow::split {

/// In parts that are built as a whole, such as targets.
struct BuildNeeds {
  std::vector<std::int64_t> part_us; ///< of each part, on one cpu
  /// The parts that a test needs, with all that those are made of; none twice.
  std::map<TestKey, std::vector<std::uint32_t>> parts_of;
};

/// Whether a chunk's time is also that of what it builds.
enum class BuildTime { left_out, counted };

} // namespace winnow::split
