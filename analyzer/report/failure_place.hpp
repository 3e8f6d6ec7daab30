// Where a failed test's output says that something is wrong.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::report {

struct FailurePlace {
  std::string_view path; ///< as it was written
  std::uint32_t line = 0;
  std::string_view text; ///< the output from the line that says so
};

/// What stands in `output` as "FILE:LINE" or "FILE(LINE)", where FILE has an extension: as
/// compilers, assert(), GoogleTest, Catch2, doctest, Boost.Test and most others write it. Those in
/// lines that speak of a failure come first. At most 100.
std::vector<FailurePlace> failure_places(std::string_view output);

} // namespace winnow::report
