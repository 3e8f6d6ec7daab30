// What the daemon remembers of runs that have ended.
#pragma once

#include "daemon/serve/ended_run.hpp"
#include "daemon/serve/run.hpp"

#include <deque>
#include <memory>
#include <string>

namespace winnow::serve {

/// Bounded: the oldest are forgotten.
class RecentRuns {
 public:
  /// The store has all its results.
  void add_kept(const Run& run);
  /// It has not, so that nobody else knows them.
  void add_lost(std::shared_ptr<Run> run);

  /// nullptr if it is not remembered, or not as such.
  [[nodiscard]] std::shared_ptr<const EndedRun> kept(const std::string& run_id) const;
  [[nodiscard]] std::shared_ptr<Run> lost(const std::string& run_id) const;

 private:
  std::deque<std::shared_ptr<const EndedRun>> kept_;
  std::deque<std::shared_ptr<Run>> lost_;
};

} // namespace winnow::serve
