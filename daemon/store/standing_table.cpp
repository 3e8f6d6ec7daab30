// One row for each test and site, replaced by every result.
#include "daemon/store/standing_table.hpp"

#include <fmt/format.h>

namespace winnow::store {
namespace {

/// For each test. What failed at a site of long ago may be red there still, and few tests are.
constexpr int passes_kept = 8;
constexpr int failures_kept = 64;

} // namespace

StandingTable::StandingTable(Connection& connection)
    : connection_(&connection),
      upsert_(connection.prepare(
          "INSERT INTO standings (test, site, verdict, tested, run, clean, dirty)"
          " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (test, site) DO UPDATE SET"
          " verdict = excluded.verdict, tested = excluded.tested, run = excluded.run,"
          " clean = coalesce(excluded.clean, clean), dirty = coalesce(excluded.dirty, dirty)"
          " WHERE excluded.run >= run"))
{}

void StandingTable::add_site(std::string_view branch, std::string_view build_dir)
{
  connection_->prepare("INSERT OR IGNORE INTO sites (branch, build_dir) VALUES (?, ?)")
      .with(branch, build_dir)
      .execute();
}

void StandingTable::note(std::int64_t test, const RunOrigin& run, const TestResult& result)
{
  if (result.verdict != Verdict::passed && !is_failure(result.verdict)) {
    return;
  }
  const bool is_first = result.attempt == 1 || (result.environment && !result.flaky);
  const bool green = result.verdict == Verdict::passed && is_first;
  const std::optional<std::int64_t> none;
  upsert_
      .with(test, run.site, name_of(result.verdict), run.tested, run.run,
            green && !run.dirty ? run.tested : none, green && run.dirty ? run.tested : none)
      .execute();
}

void StandingTable::prune()
{
  connection_->execute(
      fmt::format("DELETE FROM standings WHERE (test, site) IN (SELECT test, site FROM"
                  " (SELECT test, site, verdict, row_number() OVER"
                  "  (PARTITION BY test, verdict = 'passed' ORDER BY run DESC) AS place"
                  "  FROM standings)"
                  " WHERE place > CASE verdict WHEN 'passed' THEN {} ELSE {} END);"
                  "DELETE FROM sites WHERE site NOT IN (SELECT site FROM standings)"
                  " AND (branch, build_dir) NOT IN (SELECT branch, build_dir FROM runs);",
                  passes_kept, failures_kept)
          .c_str());
}

} // namespace winnow::store
