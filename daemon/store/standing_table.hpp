// Where every test stands on every branch: its newest verdict, and where it was green last.
#pragma once

#include "analyzer/model/test_result.hpp"
#include "daemon/store/database.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace winnow::store {

/// What a run's results say beside their verdicts.
struct RunOrigin {
  std::string branch; ///< "" if not known
  std::int64_t started_us = 0;
  std::optional<std::int64_t> tested; ///< the state, if it is known
  bool dirty = false;                 ///< whether that has uncommitted files
};

/// Its statements are prepared once; noting happens inside the caller's transaction.
class StandingTable {
 public:
  explicit StandingTable(Connection& connection);

  /// `test` is its number in the history, `result` one that says something about it. A result of a
  /// run that was started later stands.
  void note(std::int64_t test, const RunOrigin& run, const TestResult& result);
  /// Forgets all but the branches that a test was run on last.
  void prune();

 private:
  Connection* connection_;
  Statement upsert_;
};

} // namespace winnow::store
