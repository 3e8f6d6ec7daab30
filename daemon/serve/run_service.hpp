// Runs the tests of all clients on this machine: one scheduler, one store, many runs.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/resource_use.hpp"
#include "analyzer/model/run_event.hpp"
#include "analyzer/model/run_request.hpp"
#include "daemon/serve/commit_backoff.hpp"
#include "daemon/serve/machine_source.hpp"
#include "daemon/serve/system_load.hpp"
#include "daemon/store/store.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace winnow::serve {

class Run;
struct EndedRun;

enum class WhatRuns { finishes, is_killed };

/// How much of the past the store keeps.
struct Retention {
  std::size_t runs = 200;
  std::size_t runs_between_prunes = 10;
};

/// Thread rule: everything happens on the executor's one thread, but for the commits of results,
/// which have a thread to themselves. A result is committed to the store before any follower can
/// read it, and so is the end of a run; results that come within a few milliseconds share a commit.
/// What the store refuses is kept and tried again, and followers hear of the trouble; a run whose
/// results cannot be kept in the end is incomplete.
class RunService {
 public:
  RunService(boost::asio::any_io_executor executor, store::Store& store, MachineSource machine,
             CommitLimits limits = {}, Retention retention = {}, LoadSource load = system_load);
  ~RunService();
  RunService(const RunService&) = delete;
  RunService& operator=(const RunService&) = delete;

  /// Starts the run and gives its id. User errors: its tests wait for each other. Environment and
  /// data errors: the store cannot keep it; nothing has started then.
  Result<std::string> submit(RunRequest request);
  /// Ends a living run: tests that wait are cancelled, those that run finish or are killed.
  /// Cleanups of fixtures that were set up still run. Unknown and ended runs are left alone.
  void cancel(const std::string& run_id, WhatRuns what_runs);

  /// Lets a paced run start one more test, now; whether it did. Unknown and other runs do not.
  bool permit_start(const std::string& run_id);
  /// Nobody is left to permit anything: what still has to run, like cleanups, does so without.
  void end_pacing(const std::string& run_id);

  /// A living run, or a recently ended one whose results the store could not keep; else nullptr.
  [[nodiscard]] std::shared_ptr<Run> find(const std::string& run_id) const;
  /// A living or recently ended run as `winnow status` has it; nothing if it is unknown.
  [[nodiscard]] std::optional<RunSummary> summary(const std::string& run_id) const;
  /// A recently ended run whose results are in the store; else nullptr.
  [[nodiscard]] std::shared_ptr<const EndedRun> ended(const std::string& run_id) const;
  [[nodiscard]] std::size_t living_count() const;
  /// What the tests that run now have of everything there is.
  [[nodiscard]] ResourceUse use() const;
  /// Called whenever the number of living runs becomes 0.
  void when_idle(std::function<void()> notify);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

} // namespace winnow::serve
