// The list of failed tests that a run leaves for --rerun-failed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace winnow::client {

struct FailedBefore {
  std::uint32_t number = 0; ///< which the test had in that run
  std::string name;
};

/// The newest LastTestsFailed*.log of a build tree; lines that are none are passed over. Nothing
/// where none is listed: ctest then runs all tests.
std::optional<std::vector<FailedBefore>> read_failed_log(const std::string& build_dir);

/// When that log was written, in microseconds since the Unix epoch; 0 where there is none.
std::int64_t failed_log_written_us(const std::string& build_dir);

} // namespace winnow::client
