// Which part of which plan a run carries out.
#pragma once

#include "analyzer/model/test_description.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace winnow {

/// A test that the plan does not name: a target turned out to have it, once it was built.
struct DiscoveredTest {
  TestKey key;
  std::string target; ///< one of those that its chunk `discovers`
};

struct PlannedRun {
  std::string plan_id;
  std::string commit; ///< the plan's
  std::vector<std::uint32_t> chunks;
  std::vector<DiscoveredTest> discovered;
};

} // namespace winnow
