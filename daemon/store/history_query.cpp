// Reads the rows of history.
#include "daemon/store/history_query.hpp"

#include "daemon/store/attempt_bytes.hpp"
#include "daemon/store/result_table.hpp"

#include <cstdint>

namespace winnow::store {

History history_in(Connection& connection, const std::string& project,
                   const std::string& configuration)
{
  History history;
  Statement rows = connection.prepare(
      "SELECT directory, name, last_verdict, attempts, duration_us, cpu_us, peak_memory_bytes"
      " FROM history WHERE project = ? AND configuration = ? ORDER BY directory, name");
  rows.with(project, configuration);
  while (rows.next_row()) {
    TestHistory test;
    test.last = verdict_named(rows.text(2));
    test.attempts = static_cast<std::uint32_t>(rows.integer(3));
    test.duration_us = rows.integer(4);
    test.cpu_us = rows.integer(5);
    test.peak_memory_bytes = static_cast<std::uint64_t>(rows.integer(6));
    history.emplace_hint(history.end(),
                         TestKey{std::string(rows.text(0)), std::string(rows.text(1))}, test);
  }
  return history;
}

ProjectHistory attempts_in(Connection& connection, const std::string& project,
                           const std::string& configuration)
{
  ProjectHistory history{project, configuration, {}};
  Statement rows =
      connection.prepare("SELECT directory, name, measurements, format FROM history"
                         " WHERE project = ? AND configuration = ? ORDER BY directory, name");
  rows.with(project, configuration);
  while (rows.next_row()) {
    std::vector<MeasuredAttempt> attempts = attempts_from_bytes(rows.blob(2), rows.integer(3));
    if (!attempts.empty()) {
      history.tests.emplace_hint(history.tests.end(),
                                 TestKey{std::string(rows.text(0)), std::string(rows.text(1))},
                                 std::move(attempts));
    }
  }
  return history;
}

} // namespace winnow::store
