// One row for each test and branch, replaced by every result.
#include "daemon/store/standing_table.hpp"

#include <fmt/format.h>

namespace winnow::store {
namespace {

constexpr int branches_kept = 8; ///< for each test

} // namespace

StandingTable::StandingTable(Connection& connection)
    : connection_(&connection),
      upsert_(connection.prepare(
          "INSERT INTO standings (test, branch, verdict, tested, run_started_us, clean, dirty)"
          " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (test, branch) DO UPDATE SET"
          " verdict = excluded.verdict, tested = excluded.tested,"
          " run_started_us = excluded.run_started_us,"
          " clean = coalesce(excluded.clean, clean), dirty = coalesce(excluded.dirty, dirty)"
          " WHERE excluded.run_started_us >= run_started_us"))
{}

void StandingTable::note(std::int64_t test, const RunOrigin& run, const TestResult& result)
{
  const bool green = result.verdict == Verdict::passed && result.attempt == 1;
  const std::optional<std::int64_t> none;
  upsert_
      .with(test, run.branch, name_of(result.verdict), run.tested, run.started_us,
            green && !run.dirty ? run.tested : none, green && run.dirty ? run.tested : none)
      .execute();
}

void StandingTable::prune()
{
  connection_->execute(
      fmt::format("DELETE FROM standings WHERE (test, branch) IN (SELECT test, branch FROM"
                  " (SELECT test, branch, row_number() OVER"
                  "  (PARTITION BY test ORDER BY run_started_us DESC) AS place FROM standings)"
                  " WHERE place > {})",
                  branches_kept)
          .c_str());
}

} // namespace winnow::store
