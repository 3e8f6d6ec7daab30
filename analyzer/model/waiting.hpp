// What a test can wait for, and how long it has.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// In the order in which they are looked at: of several that apply at a time, the first counts.
enum class WaitCause : std::uint8_t {
  nothing,       ///< it did not wait
  predecessor,   ///< a test before it: DEPENDS, or a fixture's
  turn,          ///< the tests before it, in a run that starts them in their order
  pause,         ///< before a further attempt
  lock,          ///< that another test holds
  load_limit,    ///< of --test-load
  job_limit,     ///< of -j
  slots,         ///< of a named resource
  serial_test,   ///< that has the machine to itself, or waits to have it
  empty_machine, ///< for a serial test: until nothing else runs
  cpu,
  memory,
  free_memory, ///< less is free than the running tests leave: somebody else has it
  reservation, ///< there is room, but promised to a test that needs more of it
  permit       ///< a token of make's job server
};

/// The names causes have in documents and in the database.
inline constexpr std::array<std::string_view, 15> wait_cause_names{
    "nothing",    "predecessor", "turn",        "pause",       "lock",
    "load limit", "job limit",   "slots",       "serial test", "empty machine",
    "cpu",        "memory",      "free memory", "reservation", "start permit"};

constexpr std::string_view name_of(WaitCause cause)
{
  return wait_cause_names[static_cast<std::size_t>(cause)];
}

/// Times by cause.
using WaitTimes = std::array<std::int64_t, wait_cause_names.size()>;

/// How long a test waited for one thing.
struct WaitPart {
  WaitCause cause = WaitCause::nothing;
  std::int64_t us = 0;
  std::string name; ///< of the lock, or of the resources; "" of the other causes
  std::string test; ///< that was waited for last, "directory/name"; "" where it is no single one

  bool operator==(const WaitPart&) const = default;
};

/// So many tests of a run wait for the same now.
struct WaitingTests {
  std::uint32_t count = 0;
  WaitCause cause = WaitCause::nothing;
  std::string name; ///< as in a WaitPart
  std::string test; ///< that holds the lock, has the machine, or is promised the room

  bool operator==(const WaitingTests&) const = default;
};

} // namespace winnow
