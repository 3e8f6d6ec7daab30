// Everything durable: runs, results, history. One SQLite database in WAL mode.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/flakiness.hpp"
#include "analyzer/model/greens.hpp"
#include "analyzer/model/history.hpp"
#include "analyzer/model/history_merge.hpp"
#include "analyzer/model/measured_attempts.hpp"
#include "analyzer/model/run_event.hpp"
#include "analyzer/model/run_request.hpp"
#include "analyzer/model/test_result.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace winnow::store {

/// A result as it is kept: with where its output lies in the run's output log.
struct StoredResult {
  TestResult result;
  std::uint64_t output_offset = 0; ///< bytes into the run's output file
  std::uint64_t output_length = 0; ///< bytes kept there
};

/// A piece of a run's output file, in bytes.
struct OutputPlace {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// Thread rule: one thread at a time. Several processes may have the same database open.
class Store {
 public:
  /// Opens or creates `<directory>/winnow.db` (directory mode 0700). A damaged database is renamed
  /// to `winnow.db.damaged-<time>` and started anew; `notice()` then says so.
  static Result<Store> open(const std::string& directory);
  /// The same database once more, for another thread; with the patience of this one.
  [[nodiscard]] Result<Store> beside() const;
  ~Store();
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;

  /// What open() had to do that the user should hear of; "" if nothing.
  [[nodiscard]] const std::string& notice() const;

  /// How long a request waits for another process that has the database locked; at first 10 s.
  void set_patience(std::chrono::milliseconds patience);

  /// Creates the run and its directory for outputs, or neither; the id is short, unique and sorts
  /// by time.
  Result<std::string> begin_run(const RunRequest& request, std::int64_t now_us);
  /// Where the outputs of the run's tests are appended, `<directory>/runs/<id>/output`.
  [[nodiscard]] std::string output_path(const std::string& run_id) const;
  /// One transaction: after it returns the results outlive any process, and are in the history.
  Result<void> add_results(const std::string& run_id, const std::vector<StoredResult>& results);
  /// At which state the run's tests ran, where its request did not tell.
  Result<void> set_tested(const std::string& run_id, const TestedState& state);
  Result<void> end_run(const std::string& run_id, RunEnd end, std::int64_t now_us);
  /// Makes all that was committed outlive a loss of power, too. Takes as long as the disk does.
  Result<void> sync();

  /// Newest first.
  Result<std::vector<RunSummary>> runs(std::size_t limit);
  Result<std::optional<RunSummary>> run(const std::string& run_id);
  /// All attempts of a run, in the order they finished.
  Result<std::vector<StoredResult>> results(const std::string& run_id);
  /// Where the output of an attempt at a test lies, without a number that of the last, found by an
  /// index; nothing if it has no result.
  Result<std::optional<OutputPlace>> output_of(const std::string& run_id, std::uint32_t test,
                                               std::optional<std::uint32_t> attempt = {});
  Result<History> history(const std::string& project, const std::string& configuration);
  /// All that is kept of them, to be handed to another machine; and what one has handed here.
  Result<ProjectHistory> attempts(const std::string& project, const std::string& configuration);
  Result<HistoryMerge> take_in(const ProjectHistory& history, std::int64_t now_us);
  /// Where the tests were green last; all sites, those not run at for long left out.
  Result<Greens> greens(const std::string& project, const std::string& configuration,
                        GreensOf which);
  /// The tests that were flaky in the newest `runs` runs; unset, in all that are kept.
  Result<Flakiness> flakiness(const std::string& project, const std::string& configuration,
                              std::optional<std::uint32_t> runs);
  /// The runs that have not ended, but whose owner has: end_run() is theirs to call who finds them.
  Result<std::vector<std::string>> abandoned_runs();
  /// Removes the oldest runs (rows and outputs) beyond the newest `keep`; history stays, but for
  /// sites that a test was not run at for long.
  Result<void> prune(std::size_t keep);

 private:
  struct Database;
  explicit Store(std::unique_ptr<Database> database);
  std::unique_ptr<Database> database_;
};

} // namespace winnow::store
