// Goes from failures to passes: there are few of the first.
#include "daemon/store/flaky_query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace winnow::store {
namespace {

/// As the index on failed results has it, which is used only for these very words.
constexpr std::string_view is_failed =
    "verdict IN ('failed', 'timed out', 'crashed', 'over memory')";

struct KeptRun {
  std::int64_t number = 0;
  std::string id;
  std::optional<std::int64_t> tested;
  std::string build_dir;
};

/// Newest first.
std::vector<KeptRun> kept_runs(Connection& connection, const std::string& project,
                               const std::string& configuration, std::optional<std::uint32_t> most)
{
  std::vector<KeptRun> runs;
  Statement rows = connection.prepare(
      "SELECT number, id, tested, build_dir FROM runs WHERE project = ? AND configuration = ?"
      " ORDER BY number DESC LIMIT ?");
  rows.with(project, configuration, most.value_or(std::numeric_limits<std::uint32_t>::max()));
  while (rows.next_row()) {
    KeptRun& run = runs.emplace_back();
    run.number = rows.integer(0);
    run.id = rows.text(1);
    if (!rows.is_null(2)) {
      run.tested = rows.integer(2);
    }
    run.build_dir = rows.text(3);
  }
  return runs;
}

class Search {
 public:
  Search(Connection& connection, std::vector<KeptRun> runs)
      : runs_(std::move(runs)),
        select_failed_(connection.prepare(
            fmt::format("SELECT DISTINCT test FROM results INDEXED BY failed_results"
                        " WHERE run = ? AND {}",
                        is_failed))),
        select_passed_(connection.prepare(
            "SELECT 1 FROM results WHERE run = ? AND test = ? AND verdict = 'passed' LIMIT 1")),
        select_executed_(connection.prepare(fmt::format(
            "SELECT 1 FROM results WHERE run = ? AND test = ? AND (verdict = 'passed' OR {})"
            " LIMIT 1",
            is_failed))),
        select_reason_(connection.prepare(
            fmt::format("SELECT reason, started_us FROM results WHERE run = ? AND test = ? AND {}"
                        " ORDER BY attempt DESC, number DESC LIMIT 1",
                        is_failed))),
        select_test_(connection.prepare("SELECT directory, name FROM history WHERE test = ?"))
  {
    for (const KeptRun& run : runs_) {
      if (run.tested) {
        alike_[{*run.tested, run.build_dir}].runs.push_back(run.number);
      }
    }
  }

  Flakiness found()
  {
    std::map<std::int64_t, FlakyTest> flaky; // by test
    for (const KeptRun& run : runs_) {
      for (const std::int64_t test : failed_in(run)) {
        if (passed_as_well(run, test)) {
          const auto [known, is_new] = flaky.try_emplace(test);
          ++known->second.flaky_runs;
          if (is_new) { // the newest run comes first
            describe(test, run, known->second);
          }
        }
      }
    }
    count_runs(flaky);
    Flakiness result;
    result.runs = static_cast<std::uint32_t>(runs_.size());
    for (auto& [test, known] : flaky) {
      result.tests.push_back(std::move(known));
    }
    std::ranges::sort(result.tests, [](const FlakyTest& a, const FlakyTest& b) {
      return std::tuple(b.rate(), b.flaky_runs, a.key) < std::tuple(a.rate(), a.flaky_runs, b.key);
    });
    return result;
  }

 private:
  std::vector<std::int64_t> failed_in(const KeptRun& run)
  {
    std::vector<std::int64_t> tests;
    select_failed_.with(run.number);
    while (select_failed_.next_row()) {
      tests.push_back(select_failed_.integer(0));
    }
    return tests;
  }

  bool has(Statement& statement, std::int64_t run, std::int64_t test)
  {
    return statement.with(run, test).first([](const Statement&) { return true; }).has_value();
  }

  bool passed_as_well(const KeptRun& run, std::int64_t test)
  {
    if (has(select_passed_, run.number, test)) {
      return true;
    }
    if (!run.tested) {
      return false;
    }
    Alike& alike = alike_[{*run.tested, run.build_dir}];
    const auto [known, is_new] = alike.passed.try_emplace(test, false);
    if (is_new) {
      known->second = std::ranges::any_of(
          alike.runs, [&](std::int64_t other) { return has(select_passed_, other, test); });
    }
    return known->second;
  }

  void describe(std::int64_t test, const KeptRun& newest, FlakyTest& flaky)
  {
    flaky.last_run = newest.id;
    select_reason_.with(newest.number, test).first([&](const Statement& row) {
      flaky.reason = row.text(0);
      flaky.last_us = row.integer(1);
      return true;
    });
    select_test_.with(test).first([&](const Statement& row) {
      flaky.key = {std::string(row.text(0)), std::string(row.text(1))};
      return true;
    });
  }

  /// In which each was executed. Run by run, since a run's entries are neighbours in the index.
  void count_runs(std::map<std::int64_t, FlakyTest>& flaky)
  {
    for (const KeptRun& run : runs_) {
      for (auto& [test, known] : flaky) {
        known.runs += has(select_executed_, run.number, test) ? 1 : 0;
      }
    }
  }

  /// At one state in one build tree.
  struct Alike {
    std::vector<std::int64_t> runs;
    std::map<std::int64_t, bool> passed; ///< of a test that failed, whether it did in any of them
  };

  std::vector<KeptRun> runs_;
  std::map<std::pair<std::int64_t, std::string>, Alike> alike_;
  Statement select_failed_;
  Statement select_passed_;
  Statement select_executed_;
  Statement select_reason_;
  Statement select_test_;
};

} // namespace

Flakiness flakiness_in(Connection& connection, const std::string& project,
                       const std::string& configuration, std::optional<std::uint32_t> runs)
{
  return Search(connection, kept_runs(connection, project, configuration, runs)).found();
}

} // namespace winnow::store
