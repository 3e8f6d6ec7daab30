// Unions of parts.
#include "analyzer/split/build_closures.hpp"

#include <algorithm>

namespace winnow::split {

BuildClosures::BuildClosures(std::span<const TestDescription> tests, const BuildNeeds& needs,
                             std::int64_t cpu_milli)
{
  for (const std::int64_t part_us : needs.part_us) {
    part_us_.push_back(part_us * 1000 / std::max<std::int64_t>(cpu_milli, 1));
  }
  for (const TestDescription& test : tests) {
    const auto found = needs.parts_of.find(test.key);
    const bool is_needed = found != needs.parts_of.end() && !test.properties->disabled;
    of_tests_.push_back(is_needed ? &found->second : nullptr);
  }
}

std::vector<std::uint32_t> BuildClosures::parts(std::span<const std::uint32_t> tests) const
{
  std::vector<std::uint32_t> all;
  for (const std::uint32_t test : tests) {
    if (of_tests_[test] != nullptr) {
      all.insert(all.end(), of_tests_[test]->begin(), of_tests_[test]->end());
    }
  }
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::int64_t BuildClosures::time_us(std::span<const std::uint32_t> parts) const
{
  std::int64_t sum_us = 0;
  for (const std::uint32_t part : parts) {
    sum_us += part_us_[part];
  }
  return sum_us;
}

} // namespace winnow::split
