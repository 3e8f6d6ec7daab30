// Carries results and ends of runs into the store; keeps and tries again what it refuses.
#pragma once

#include "daemon/serve/commit_backoff.hpp"
#include "daemon/serve/commit_thread.hpp"
#include "daemon/serve/living_run.hpp"
#include "daemon/store/store.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace winnow::serve {

/// All runs share one store, so they share its trouble. On the executor's thread.
class Commits {
 public:
  struct Listener {
    std::function<void(const std::string&)> trouble;   ///< why results are held back; "" no more
    std::function<void()> try_again;                   ///< commit what there is once more
    std::function<LivingRun*(const std::string&)> run; ///< of that id; nullptr if it has ended
  };

  Commits(const boost::asio::any_io_executor& executor, store::Store& store, CommitLimits limits,
          Listener listener);

  /// Whether enough time is over since the last commit; if not, the listener hears when it is.
  /// Quick tests, of which thousands end in a second, share commits so.
  [[nodiscard]] bool is_time();
  /// Has the run's new results made durable, and tells of them when they are, unless the store is
  /// in trouble or busy with earlier ones. Then the listener is to try again.
  void commit(LivingRun& run);
  /// Whether the end is durable, or the run given up: then it can be told.
  bool end(const LivingRun& run, std::int64_t now_us);
  /// The store has taken something else: there is no trouble (any more).
  void store_works();
  /// No run lives: there is nothing to try again.
  void rest();

  /// Whether so many results are held back that no further test should start.
  [[nodiscard]] bool is_full(std::size_t held_back) const;
  /// Whether the run, which can only wait for the store, has done so for too long.
  [[nodiscard]] bool is_hopeless(LivingRun& run, bool full, std::int64_t monotonic_us) const;

  [[nodiscard]] bool in_trouble() const { return backoff_.in_trouble(); }

  [[nodiscard]] const std::string& trouble() const { return backoff_.message(); }

 private:
  struct End {
    std::string run_id;
    RunEnd end = RunEnd::completed;
    std::int64_t at_us = 0;
  };

  using Clock = boost::asio::steady_timer::clock_type;

  void committed(const std::string& run_id, const Result<void>& added);
  void failed(const Error& error);

  store::Store& store_;
  CommitThread thread_;
  Listener listener_;
  CommitBackoff backoff_;
  boost::asio::steady_timer timer_;
  boost::asio::steady_timer pace_timer_;
  /// When results were committed because it was time.
  Clock::time_point last_ = Clock::time_point::min();
  bool is_time_ = false;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true); ///< a due timer sees by it
  std::vector<End> late_ends_; ///< of runs given up: recorded when the store works again
};

} // namespace winnow::serve
