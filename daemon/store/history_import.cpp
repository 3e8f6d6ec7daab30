// Joins attempts test by test.
#include "daemon/store/history_import.hpp"

#include "daemon/store/attempt_bytes.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace winnow::store {
namespace {

/// Clocks of two machines are never quite the same.
constexpr std::int64_t clock_difference_us = 3600LL * 1'000'000;

/// One test's row, which may not be there yet.
struct KnownTest {
  std::optional<std::int64_t> number;
  std::vector<MeasuredAttempt> attempts;
};

KnownTest known_test(Statement& select, const ProjectHistory& of, const TestKey& key)
{
  KnownTest test;
  test.number = select.with(of.project, of.configuration, key.directory, key.name)
                    .first([&](const Statement& row) {
                      test.attempts = attempts_from_bytes(row.blob(1), row.integer(2));
                      return row.integer(0);
                    });
  return test;
}

} // namespace

HistoryMerge take_in(Connection& connection, const ProjectHistory& history, std::int64_t now_us)
{
  Statement select =
      connection.prepare("SELECT test, measurements, format FROM history"
                         " WHERE project = ? AND configuration = ? AND directory = ? AND name = ?");
  Statement insert = connection.prepare(
      "INSERT INTO history (project, configuration, directory, name) VALUES (?, ?, ?, ?)");
  Statement update = connection.prepare(
      "UPDATE history SET attempts = ?, duration_us = ?, cpu_us = ?, peak_memory_bytes = ?,"
      " measurements = ?, format = ? WHERE test = ?");
  HistoryMerge merge;
  for (const auto& [key, measured] : history.tests) {
    std::vector<MeasuredAttempt> others = measured;
    std::erase_if(others, [](const MeasuredAttempt& attempt) { return attempt.at_us <= 0; });
    merge.of_future += std::erase_if(others, [&](const MeasuredAttempt& attempt) {
      return attempt.at_us > now_us + clock_difference_us;
    });
    KnownTest test = known_test(select, history, key);
    const std::size_t added = join(test.attempts, others);
    if (added == 0) {
      continue;
    }
    if (!test.number) {
      insert.with(history.project, history.configuration, key.directory, key.name).execute();
      test.number = connection.last_row();
    }
    const TestHistory expected = expectation(test.attempts);
    const std::string bytes = attempts_to_bytes(test.attempts);
    update
        .with(expected.attempts, expected.duration_us, expected.cpu_us, expected.peak_memory_bytes,
              Blob{bytes}, attempts_format, *test.number)
        .execute();
    ++merge.tests;
    merge.attempts += added;
  }
  return merge;
}

} // namespace winnow::store
