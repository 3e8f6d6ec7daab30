// What tests have built, alone and together.
#pragma once

#include "analyzer/model/test_description.hpp"
#include "analyzer/split/build_needs.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace winnow::split {

/// BuildNeeds by index of test.
class BuildClosures {
 public:
  /// `needs` must outlive this. `cpu_milli` is what each chunk builds with.
  BuildClosures(std::span<const TestDescription> tests, const BuildNeeds& needs,
                std::int64_t cpu_milli);

  /// The parts that any of the tests needs, ascending. Disabled tests need none.
  [[nodiscard]] std::vector<std::uint32_t> parts(std::span<const std::uint32_t> tests) const;

  /// How long building these parts takes.
  [[nodiscard]] std::int64_t time_us(std::span<const std::uint32_t> parts) const;

  [[nodiscard]] const std::vector<std::int64_t>& part_us() const { return part_us_; }

 private:
  std::vector<std::int64_t> part_us_;
  std::vector<const std::vector<std::uint32_t>*> of_tests_; ///< null for none
};

} // namespace winnow::split
