// Which of several jobs runs which chunk of a plan, settled in a directory that they share.
//
// The directory has, of chunk 3 and the first job that took it: chunk-3.1.claim, which says who
// that is and whose time stamp the owner renews; chunk-3.1.results.json when it has ended; or
// chunk-3.1.released, if the owner gave the chunk back. A claim is made by link(), which one alone
// of several jobs succeeds in, also on NFS. A claim whose owner is gone stays, and the chunk is
// claimed anew under the next number: so nobody ever has to remove what another job may just be
// renewing.
//
// An owner is gone if its process is, where this one can see that; else once its time stamp has
// stood still for as long as `patience` by this process's own clock: clocks of machines differ.
// Rejected: comparing time stamps with the time of now; removing old claims, which two jobs may do
// at once, the second one removing what the first one made.
#pragma once

#include "analyzer/model/chunk_claim.hpp"
#include "analyzer/model/error.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace winnow::client {

/// What there is to do for a job.
enum class Turn {
  run,  ///< the chunk that it has claimed now
  wait, ///< others run all that is left, and may die of it
  done  ///< every chunk has results
};

class ChunkClaims {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  /// Makes the directory where it is missing. A user error if it is in use for another plan, an
  /// environment error if it cannot be used.
  static Result<ChunkClaims> open(const std::string& directory, const std::string& plan_id,
                                  std::uint32_t chunks, std::chrono::milliseconds patience,
                                  Clock clock = std::chrono::steady_clock::now);

  struct Taken {
    Turn turn = Turn::done;
    ChunkClaim claim; ///< of Turn::run
  };

  /// Claims the first chunk that nobody has, or whose owner is gone.
  Result<Taken> take();

  /// Shows that the owner lives; false if another job has taken the chunk since. Any thread.
  [[nodiscard]] bool renew(const ChunkClaim& claim) const;

  /// Leaves the results, all of them at once; nothing where another job has taken the chunk since.
  Result<void> finish(const ChunkClaim& claim, const std::string& results) const;

  /// Lets others have the chunk.
  void release(const ChunkClaim& claim) const;

 private:
  /// What the directory has of a chunk.
  struct State {
    std::uint32_t attempt = 0; ///< the highest that is claimed
    bool is_released = false;  ///< that one
    bool has_results = false;  ///< any
  };

  /// A time stamp, and since when it has been seen.
  struct Sign {
    std::int64_t stamp_ns = 0;
    std::chrono::steady_clock::time_point since;
  };

  ChunkClaims(std::string directory, std::string plan_id, std::uint32_t chunks,
              std::chrono::milliseconds patience, Clock clock);

  [[nodiscard]] std::string path(const ChunkClaim& claim, const char* ending) const;
  [[nodiscard]] Result<std::vector<State>> look() const;
  [[nodiscard]] bool has_results(std::uint32_t chunk, std::uint32_t attempt) const;
  [[nodiscard]] bool is_gone(std::uint32_t chunk, std::uint32_t attempt);
  [[nodiscard]] Result<bool> claim(const ChunkClaim& claim) const;

  std::string directory_;
  std::string plan_id_;
  std::uint32_t chunks_;
  std::chrono::milliseconds patience_;
  Clock clock_;
  ClaimOwner self_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Sign> signs_;
};

/// The files of results in such a directory: of each chunk those of the newest attempt. An
/// environment error if it cannot be read.
Result<std::vector<std::string>> pulled_results(const std::string& directory);

} // namespace winnow::client
