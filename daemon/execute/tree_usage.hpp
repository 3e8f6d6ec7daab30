// What running tests use now, each with all its processes.
#pragma once

#include "daemon/execute/process_usage.hpp"

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace winnow::execute {

/// The usage of a test's processes: of the session that it leads, and of their descendants in other
/// sessions as far as the links to their parents have shown them. What moved to another session and
/// lost its parent between two looks is not seen.
struct TreeUsage {
  std::uint32_t processes = 0; ///< that live; zombies do not
  /// Those of them whose first thread runs, waits for a cpu, or for a disk: then the test is not
  /// idle, however little it got.
  std::uint32_t ready_processes = 0;
  /// So far, of those that live and of those that they waited for; never less than before.
  std::int64_t cpu_us = 0;
  /// How long its threads have waited for a cpu, added up: cpu_us and this together are what it
  /// would have used on a machine of its own. Never less than before; unset if the kernel does not
  /// tell.
  std::optional<std::int64_t> run_delay_us;
  /// What the machine would have back if the test ended; neither its programs nor other files,
  /// which are the page cache's. What forked processes still share counts once, and so does shared
  /// memory. Unset if it could not be read.
  std::optional<std::uint64_t> memory_bytes;
  /// The largest of all looks, 0 if there was none. A test's peak is this or what its end tells
  /// (ProcessEnd), whichever is larger: that one knows of moments between looks, but of one
  /// process.
  std::uint64_t peak_memory_bytes = 0;
  /// Of the process with most memory, what its program and other files have of its resident size.
  std::uint64_t file_bytes = 0;

  /// The most memory of a test whose end tells this (ProcessEnd): its files are nobody's.
  [[nodiscard]] std::uint64_t peak_with(std::uint64_t largest_resident_bytes) const;
};

/// Follows all running tests. Each look reads three small files of each of their processes (and one
/// of each further thread), and lists /proc if any process of the machine was started since the
/// last. Rejected: following /proc/PID/task/TID/children, which is cheaper while few tests run, but
/// misses what lost its parent, takes another open file for each thread, and is not in all kernels;
/// Pss of smaps_rollup, which walks the page tables: 17 us for each MB.
/// For one thread; between looks it does nothing.
class TreeUsages {
 public:
  /// `kept_files`: how many files of /proc it may keep open.
  explicit TreeUsages(std::size_t kept_files = spare_files());

  TreeUsages(const TreeUsages&) = delete;
  TreeUsages& operator=(const TreeUsages&) = delete;

  /// A quarter of the files that this process may open.
  static std::size_t spare_files();

  /// Follows the session that `leader` leads, from the next look on; to be called before one when
  /// the test was started. The leader may end and the rest be followed, as long as the leader is
  /// not reaped or something of its session lives.
  void follow(pid_t leader);

  /// Follows it no longer; its last usage, with the peak of all looks. To be called before its
  /// number can belong to another.
  TreeUsage forget(pid_t leader);

  /// Looks at all of them.
  void look();

  /// As of the last look; nothing if it is not followed, or was not looked at.
  [[nodiscard]] std::optional<TreeUsage> of(pid_t leader) const;

 private:
  /// Of one look.
  struct Sum {
    std::uint32_t processes = 0;
    std::uint32_t ready_processes = 0;
    std::uint32_t vanished = 0;
    std::int64_t cpu_ns = 0;
    bool knows_memory = false;
    std::uint64_t private_bytes = 0;
    std::uint64_t shared_bytes = 0;
    std::uint64_t largest_bytes = 0; ///< private ones of one process
    std::uint64_t file_bytes = 0;    ///< of the same
  };

  struct Tree {
    TreeUsage usage;
    bool looked_at = false;
    std::int64_t lost_ns = 0;  ///< cpu time of those that ended and that nobody waited for
    std::int64_t delay_ns = 0; ///< so far
    Sum now;
  };

  struct Member {
    pid_t leader;
    ProcessUsage usage;
    std::optional<ProcessUsage::Memory> memory;
  };

  using Members = std::map<pid_t, Member>;

  bool something_was_started();
  void drop_vanished();
  void find_new();
  [[nodiscard]] std::optional<pid_t> leader_of(const ProcessStat& process) const;
  void measure(Member& member);
  void add_private_memory();
  static void conclude(Tree& tree);

  KeptFiles kept_;
  std::map<pid_t, Tree> trees_;
  Members members_;
  std::vector<pid_t> strangers_; ///< ascending; processes of the last list that are in no tree
  std::chrono::steady_clock::time_point listed_at_; ///< or was known to hold
  ProcFile newest_file_;
  std::int64_t newest_pid_ = -1;
};

} // namespace winnow::execute
