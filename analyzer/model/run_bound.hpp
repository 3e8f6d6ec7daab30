// Below which time no order of a run's tests could have come, and why.
#pragma once

#include "analyzer/model/waiting.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// What a run cannot be shorter than.
enum class BoundBy : std::uint8_t {
  longest_path, ///< tests that come one after another
  cpu,          ///< all their work, divided by the cpus
  waiting,      ///< the same of tests that mostly wait
  memory,       ///< the memory they take, for as long as they take it
  job_limit,    ///< their work, divided by what -j allows at once
  serial,       ///< the tests that run alone, and the longest of the others' locks
  lock,         ///< the tests of one lock, and those that run alone
  resource      ///< the units of a counted kind that tests take, and the tests that run alone
};

/// The names they have in documents.
inline constexpr std::array<std::string_view, 8> bound_names{
    "longest path", "cpu",          "waiting tests", "memory",
    "job limit",    "serial tests", "lock",          "resource"};

constexpr std::string_view name_of(BoundBy by)
{
  return bound_names[static_cast<std::size_t>(by)];
}

/// Its time is told beside it.
struct RunBound {
  BoundBy by = BoundBy::longest_path;
  std::string lock;               ///< that it is about, or the name of the resource
  std::vector<std::string> tests; ///< of the longest path, in their order; at most `most_tests`
  std::uint32_t path_length = 0;  ///< how many they are

  static constexpr std::size_t most_tests = 20;

  bool operator==(const RunBound&) const = default;
};

/// Cpu time that nobody of a run used though it could have been, and what its most important
/// waiting test waited for meanwhile; `nothing`: no test was left to start.
struct IdleTime {
  WaitCause cause = WaitCause::nothing;
  std::int64_t cpu_us = 0;

  bool operator==(const IdleTime&) const = default;
};

} // namespace winnow
