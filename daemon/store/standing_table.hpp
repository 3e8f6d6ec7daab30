// Where every test stands at every site: its newest verdict, and where it was green last.
#pragma once

#include "analyzer/model/test_result.hpp"
#include "daemon/store/database.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace winnow::store {

/// What a run's results say beside their verdicts.
struct RunOrigin {
  std::int64_t site = 0;
  std::int64_t run = 0;               ///< its number: a clock may be set back
  std::optional<std::int64_t> tested; ///< the state, if it is known
  bool dirty = false;                 ///< whether that has uncommitted files
};

/// Its statements are prepared once; noting happens inside the caller's transaction.
class StandingTable {
 public:
  explicit StandingTable(Connection& connection);

  /// A run's site has to be there before its results are; `branch` is "" if not known.
  void add_site(std::string_view branch, std::string_view build_dir);
  /// `test` is its number in the history, `result` one that says something about it. A result of a
  /// later run stands, and one that is neither a pass nor a failure leaves what was known.
  void note(std::int64_t test, const RunOrigin& run, const TestResult& result);
  /// Forgets all but the sites that a test was run at last; where it failed, later.
  void prune();

 private:
  Connection* connection_;
  Statement upsert_;
};

} // namespace winnow::store
