// Writes and reads results.
#include "daemon/store/result_table.hpp"

#include "daemon/store/attempt_bytes.hpp"
#include "daemon/store/wait_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ranges>
#include <unordered_set>

namespace winnow::store {
namespace {

std::vector<std::string> lines_of(std::string_view text)
{
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

StoredResult result_of(const Statement& row)
{
  StoredResult stored;
  TestResult& result = stored.result;
  int column = 0;
  const auto text = [&] { return std::string(row.text(column++)); };
  const auto integer = [&] { return row.integer(column++); };
  const auto number = [&] { return static_cast<std::uint32_t>(row.integer(column++)); };
  const auto bytes = [&] { return static_cast<std::uint64_t>(row.integer(column++)); };
  result.key.directory = text();
  result.key.name = text();
  result.index = number();
  result.attempt = number();
  result.chunk = number();
  result.verdict = verdict_named(text()).value_or(Verdict::not_run);
  result.reason = text();
  result.exit_code = static_cast<int>(integer());
  result.signal = static_cast<int>(integer());
  result.started_us = integer();
  result.duration_us = integer();
  result.waited_us = integer();
  result.cpu_us = integer();
  result.peak_memory_bytes = bytes();
  result.output_bytes = bytes();
  stored.output_offset = bytes();
  stored.output_length = bytes();
  result.leaked = lines_of(text());
  read_wait_text(row.text(column), result);
  return stored;
}

/// Whether a verdict says something about the test; the others leave its history alone.
bool is_telling(Verdict verdict)
{
  return verdict != Verdict::cancelled && verdict != Verdict::disabled &&
         verdict != Verdict::cached;
}

/// What the results of a run, in their order, mean for each other. Nothing but a shortage of memory
/// lets a test run again whose attempt was cancelled.
void mark(std::ranges::view auto results)
{
  std::unordered_set<std::uint32_t> seen;
  for (TestResult& result : results | std::views::reverse) {
    result.again = !seen.insert(result.index).second;
  }
  std::unordered_set<std::uint32_t> failed;
  std::unordered_set<std::uint32_t> short_of_memory;
  for (TestResult& result : results) {
    if (result.again && is_failure(result.verdict)) {
      failed.insert(result.index);
    }
    if (result.again && result.verdict == Verdict::cancelled) {
      short_of_memory.insert(result.index);
    }
    result.environment = short_of_memory.contains(result.index);
    result.flaky =
        !result.again && result.verdict == Verdict::passed && failed.contains(result.index);
  }
}

} // namespace

std::optional<Verdict> verdict_named(std::string_view name)
{
  const auto found = std::find_if(verdict_names.begin(), verdict_names.end(),
                                  [&](const VerdictName& row) { return row.name == name; });
  return found == verdict_names.end() ? std::nullopt : std::optional(found->verdict);
}

ResultTable::ResultTable(Connection& connection)
    : connection_(&connection),
      standings_(connection),
      select_newest_(
          connection.prepare("SELECT attempt, verdict FROM results WHERE run = ? AND position = ?"
                             " ORDER BY attempt DESC LIMIT 1")),
      update_counts_(connection.prepare(
          "UPDATE runs SET finished = finished + ?, failed = failed + ? WHERE number = ?")),
      select_test_(connection.prepare(
          "SELECT test, measurements, format FROM history"
          " WHERE project = ? AND configuration = ? AND directory = ? AND name = ?")),
      insert_test_(
          connection.prepare("INSERT INTO history (project, configuration, directory, name)"
                             " VALUES (?, ?, ?, ?)")),
      update_measured_(connection.prepare(
          "UPDATE history SET last_verdict = ?, attempts = ?, duration_us = ?, cpu_us = ?,"
          " peak_memory_bytes = ?, measurements = ?, format = ? WHERE test = ?")),
      raise_memory_(connection.prepare(
          "UPDATE history SET peak_memory_bytes = max(peak_memory_bytes, ?) WHERE test = ?")),
      insert_result_(connection.prepare(
          "INSERT INTO results (run, test, position, attempt, chunk, verdict, reason, exit_code,"
          " signal, started_us, duration_us, waited_us, cpu_us, peak_memory_bytes, output_bytes,"
          " output_offset, output_length, leaked, waited_for)"
          " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")),
      select_output_(connection.prepare(
          "SELECT output_offset, output_length FROM results"
          " WHERE run = (SELECT number FROM runs WHERE id = ?1) AND position = ?2"
          " AND attempt = coalesce(?3, attempt)"
          " ORDER BY attempt DESC LIMIT 1"))
{}

void ResultTable::add(const RunRow& run, const std::vector<StoredResult>& results)
{
  Counts all;
  for (const StoredResult& stored : results) {
    if (const std::optional<Counts> counts = counts_of_new(run, stored.result)) {
      all.finished += counts->finished;
      all.failed += counts->failed;
      insert(run, remember(run, stored.result), stored);
    }
  }
  update_counts_.with(all.finished, all.failed, run.number).execute();
}

/// A further attempt takes the place of the one before it. Nothing if the result is there already:
/// attempts come in their order.
std::optional<ResultTable::Counts> ResultTable::counts_of_new(const RunRow& run,
                                                              const TestResult& result)
{
  const auto newest = select_newest_.with(run.number, result.index).first([](const Statement& row) {
    return std::pair(row.integer(0), verdict_named(row.text(1)).value_or(Verdict::not_run));
  });
  const int failed = is_failure(result.verdict) ? 1 : 0;
  if (!newest) {
    return Counts{1, failed};
  }
  const auto& [attempt, verdict] = *newest;
  if (attempt >= result.attempt) {
    return std::nullopt;
  }
  return Counts{0, failed - (is_failure(verdict) ? 1 : 0)};
}

void ResultTable::insert(const RunRow& run, std::int64_t test, const StoredResult& stored)
{
  const TestResult& result = stored.result;
  const std::string leaked = fmt::format("{}", fmt::join(result.leaked, "\n"));
  insert_result_
      .with(run.number, test, result.index, result.attempt, result.chunk, name_of(result.verdict),
            result.reason, result.exit_code, result.signal, result.started_us, result.duration_us,
            result.waited_us, result.cpu_us, result.peak_memory_bytes, result.output_bytes,
            stored.output_offset, stored.output_length, leaked, wait_text(result))
      .execute();
}

/// The test's number, after its history took in the result.
std::int64_t ResultTable::remember(const RunRow& run, const TestResult& result)
{
  const TestKey& key = result.key;
  std::vector<MeasuredAttempt> attempts;
  const auto known = select_test_.with(run.project, run.configuration, key.directory, key.name)
                         .first([&](const Statement& row) {
                           attempts = attempts_from_bytes(row.blob(1), row.integer(2));
                           return row.integer(0);
                         });
  if (!known) {
    insert_test_.with(run.project, run.configuration, key.directory, key.name).execute();
  }
  const std::int64_t test = known ? *known : connection_->last_row();
  if (is_telling(result.verdict)) {
    attempts.push_back({result.started_us, result.verdict, result.duration_us, result.cpu_us,
                        static_cast<std::int64_t>(result.peak_memory_bytes)});
    forget_old(attempts);
    const TestHistory expected = expectation(attempts);
    const std::string bytes = attempts_to_bytes(attempts);
    update_measured_
        .with(name_of(result.verdict), expected.attempts, expected.duration_us, expected.cpu_us,
              expected.peak_memory_bytes, Blob{bytes}, attempts_format, test)
        .execute();
  }
  if (is_environments(result) || result.verdict == Verdict::over_memory) {
    raise_memory_.with(result.peak_memory_bytes, test).execute(); // it takes that at least
  }
  standings_.note(test, run.origin, result);
  return test;
}

void ResultTable::note_again(const RunRow& run)
{
  std::vector<std::pair<std::int64_t, TestResult>> results;
  Statement rows = connection_->prepare(
      "SELECT test, verdict, attempt, position FROM results WHERE run = ? ORDER BY number");
  rows.with(run.number);
  while (rows.next_row()) {
    TestResult result;
    result.verdict = verdict_named(rows.text(1)).value_or(Verdict::not_run);
    result.attempt = static_cast<std::uint32_t>(rows.integer(2));
    result.index = static_cast<std::uint32_t>(rows.integer(3));
    results.emplace_back(rows.integer(0), result);
  }
  mark(results | std::views::values);
  for (const auto& [test, result] : results) {
    standings_.note(test, run.origin, result);
  }
}

std::vector<StoredResult> ResultTable::of_run(const std::string& run_id)
{
  std::vector<StoredResult> results;
  Statement rows = connection_->prepare(
      "SELECT directory, name, position, attempt, chunk, verdict, reason, exit_code, signal,"
      " results.started_us, results.duration_us, waited_us, results.cpu_us,"
      " results.peak_memory_bytes, output_bytes, output_offset, output_length, leaked, waited_for"
      " FROM results JOIN runs ON runs.number = results.run JOIN history USING (test)"
      " WHERE runs.id = ? ORDER BY results.number");
  rows.with(run_id);
  while (rows.next_row()) {
    results.push_back(result_of(rows));
  }
  mark(results | std::views::transform(&StoredResult::result));
  return results;
}

std::optional<OutputPlace> ResultTable::output_of(const std::string& run_id, std::uint32_t test,
                                                  std::optional<std::uint32_t> attempt)
{
  const std::optional<std::int64_t> number = attempt;
  return select_output_.with(run_id, test, number).first([](const Statement& row) {
    return OutputPlace{static_cast<std::uint64_t>(row.integer(0)),
                       static_cast<std::uint64_t>(row.integer(1))};
  });
}

} // namespace winnow::store
