// The newest passing attempts of one test, and what is expected of the next.
#pragma once

#include "analyzer/model/history.hpp"
#include "analyzer/model/test_result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::store {

/// A window of measurements, oldest first. Kept in the database as three 64-bit little-endian
/// integers each.
class Measurements {
 public:
  static constexpr std::size_t window = 20;

  /// From what bytes() gave; what cannot be read counts as no measurement.
  static Measurements from_bytes(std::string_view bytes);
  [[nodiscard]] std::string bytes() const;

  void add(const TestResult& passing);
  /// Times: interquartile mean, so that a few slow attempts on a busy machine do not count.
  /// Memory: 95th percentile by nearest rank. `last` is not set.
  [[nodiscard]] TestHistory expectation() const;

 private:
  struct Measurement {
    std::int64_t duration_us = 0;
    std::int64_t cpu_us = 0;
    std::int64_t peak_memory_bytes = 0;
  };

  std::vector<Measurement> measured_;
};

/// Mean of the values without the lowest and the highest quarter (rounded down); 0 of none.
std::int64_t interquartile_mean(std::vector<std::int64_t> values);

/// The smallest value that at least 95 % of the values do not exceed; 0 of none.
std::int64_t percentile_95(std::vector<std::int64_t> values);

} // namespace winnow::store
