// The rows of results, and the history that every result enters.
#pragma once

#include "daemon/store/database.hpp"
#include "daemon/store/standing_table.hpp"
#include "daemon/store/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::store {

/// What adding a result needs to know of its run.
struct RunRow {
  std::string id;
  std::int64_t number = 0;
  std::string project;
  std::string configuration;
  RunOrigin origin;
};

/// Its statements are prepared once; adding happens inside the caller's transaction.
class ResultTable {
 public:
  explicit ResultTable(Connection& connection);

  /// A result that is already there is not added twice.
  void add(const RunRow& run, const std::vector<StoredResult>& results);
  /// Lets the results of a run stand as if its origin had been known when they were added.
  void note_again(const RunRow& run);
  std::vector<StoredResult> of_run(const std::string& run_id);
  std::optional<OutputPlace> output_of(const std::string& run_id, std::uint32_t test,
                                       std::optional<std::uint32_t> attempt);

 private:
  /// What a result adds to the counts of its run.
  struct Counts {
    int finished = 0;
    int failed = 0;
  };

  std::optional<Counts> counts_of_new(const RunRow& run, const TestResult& result);
  void insert(const RunRow& run, std::int64_t test, const StoredResult& stored);
  std::int64_t remember(const RunRow& run, const TestResult& result);

  Connection* connection_;
  StandingTable standings_;
  Statement select_newest_;
  Statement update_counts_;
  Statement select_test_;
  Statement insert_test_;
  Statement update_measured_;
  Statement raise_memory_;
  Statement insert_result_;
  Statement select_output_;
};

std::optional<Verdict> verdict_named(std::string_view name);

} // namespace winnow::store
