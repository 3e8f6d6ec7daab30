// Who runs a chunk that several jobs could take.
#pragma once

#include <cstdint>
#include <string>

namespace winnow {

/// A process, as others on its machine and elsewhere can tell it from every other one.
struct ClaimOwner {
  std::string host;
  std::string pid_space; ///< in which the pid counts: a boot of a machine, and a namespace
  std::int64_t pid = 0;
  std::string process_start; ///< as the kernel has it: a reused pid has another one

  bool operator==(const ClaimOwner&) const = default;
};

/// The document `winnow.claim`.
struct ChunkClaim {
  std::string plan_id;
  std::uint32_t chunk = 0;
  std::uint32_t attempt = 1; ///< counts from 1; each is another claim, of a job after one that died
  ClaimOwner owner;
  std::int64_t claimed_us = 0;
};

} // namespace winnow
