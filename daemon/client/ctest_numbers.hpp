// The numbers of tests that ctest's -I names.
#pragma once

#include "analyzer/model/error.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace winnow::client {

/// "Start,End,Stride,Number,Number…", of which each may be left out.
struct CTestNumbers {
  std::optional<std::int32_t> first; ///< unset: 1
  std::optional<std::int32_t> last;  ///< unset: the greatest there is
  double stride = 1;                 ///< no range unless it is above 0
  std::vector<std::int32_t> others;  ///< named one by one

  /// For each number from 1 to `count`, at its index less one, whether it is named. Nothing where
  /// not a single number is named, not even one that no test has: ctest then runs all tests.
  [[nodiscard]] std::optional<std::vector<bool>> among(std::uint32_t count) const;

 private:
  void name_range(std::vector<bool>& named, double begin, double end) const;
};

/// A user error where a number is none, which ctest takes for 0, and for a stride near 0.
Result<CTestNumbers> parse_ctest_numbers(std::string_view text);

} // namespace winnow::client
