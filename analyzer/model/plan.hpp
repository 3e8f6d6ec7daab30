// A selection cut into chunks.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/test_description.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace winnow {

/// A part of a selection that is scheduled, reported and moved as one.
struct Chunk {
  std::uint32_t index = 0; ///< counts from 0
  std::vector<TestKey> tests;
  std::vector<std::string> targets; ///< CMake targets that must be built for it
  double predicted_s = 0;           ///< simulated schedule on the machine's slots
  /// Targets all of whose known tests the plan has: what else they turn out to have once they are
  /// built belongs to this chunk.
  std::vector<std::string> discovers;
  double build_s = 0; ///< predicted, where the plan is for jobs that build

  /// What a job takes for it.
  [[nodiscard]] double whole_s() const { return build_s + predicted_s; }
};

struct Plan {
  std::string commit; ///< of HEAD when it was made; "" without git
  /// What differed from that commit, by path; the content of a deleted file is unknown.
  std::vector<FileVersion> uncommitted;
  std::vector<Chunk> chunks;
  double lower_bound_s = 0; ///< no plan of so many chunks can be faster
  double predicted_s = 0;   ///< of the slowest chunk, as a whole
  /// What all chunks build, over what one job would build for all tests; 0 if that is not known.
  double build_ratio = 0;
};

} // namespace winnow
