// What one running process uses: cpu, time spent waiting for a cpu, memory.
#pragma once

#include "daemon/execute/proc_file.hpp"
#include "daemon/execute/proc_files.hpp"

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace winnow::execute {

/// Looked at again and again. A number that was given to another process meanwhile is noticed.
class ProcessUsage {
 public:
  ProcessUsage(pid_t pid, KeptFiles& kept);

  /// Reads its state; false if it is gone, zombies are not. First of a round, then the others.
  bool look();

  [[nodiscard]] const ProcessStat& stat() const { return stat_; }

  /// Of all its threads, those that ended too, and of the children that it waited for. Its own is
  /// exact, that of its children to 20 ms.
  [[nodiscard]] std::int64_t cpu_ns() const;

  /// How long its threads have waited for a cpu since this was asked last (the first time: since
  /// they began). Of many threads some are read each time, in turn. A thread that waits now counts
  /// when it gets its cpu. Unset if the kernel does not tell.
  std::optional<std::int64_t> take_run_delay_ns();

  /// Memory that it holds and that is no file's: what it wrote to, as far as the kernel cannot get
  /// it back. Shared memory is not in it.
  struct Memory {
    std::uint64_t private_bytes = 0; ///< also what it still shares with whom it was forked from
    std::uint64_t shared_bytes = 0;  ///< shared memory and files of a tmpfs that it maps
    std::uint64_t file_bytes = 0;    ///< of its program and other files, beside all that
  };

  std::optional<Memory> read_memory();

  /// Of its private memory what is not `elder`'s, the private memory of the process it was forked
  /// from: it grew by that, or wrote there, which takes a minor fault for each page.
  std::uint64_t without_inherited(std::uint64_t private_bytes, std::uint64_t elder);

 private:
  struct Thread {
    pid_t id;
    ProcFile schedstat;
    std::uint64_t seen_ns = 0;
    bool gone = false;
  };

  void list_threads();
  std::optional<std::int64_t> take_delay_of(Thread& thread);
  std::uint64_t shared_memory(std::uint64_t file_bytes);

  pid_t pid_;
  KeptFiles& kept_;
  ProcessStat stat_;
  bool seen_ = false;
  ProcFile stat_file_;
  ProcFile statm_file_;
  std::vector<Thread> threads_;
  std::size_t next_thread_ = 0;
  std::uint64_t status_read_at_ = 0; ///< the size of its files and shared memory then
  std::uint64_t shared_bytes_ = 0;
  std::optional<std::uint64_t> inherited_bytes_;
};

} // namespace winnow::execute
