// The store's requests as statements on its database.
#include "daemon/store/store.hpp"

#include "daemon/store/database.hpp"
#include "daemon/store/flaky_query.hpp"
#include "daemon/store/greens_query.hpp"
#include "daemon/store/history_import.hpp"
#include "daemon/store/history_query.hpp"
#include "daemon/store/result_table.hpp"
#include "daemon/store/run_id.hpp"
#include "daemon/store/run_owner.hpp"
#include "daemon/store/schema.hpp"
#include "daemon/store/standing_table.hpp"
#include "daemon/store/state_table.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <random>
#include <utility>

namespace winnow::store {
namespace {

constexpr std::string_view run_columns =
    "id, project, build_dir, state, started_us, ended_us, tests, finished, failed";

RunSummary summary_of(const Statement& row)
{
  RunSummary run;
  run.run_id = row.text(0);
  run.project = row.text(1);
  run.build_dir = row.text(2);
  run.state = row.text(3);
  run.started_us = row.integer(4);
  run.ended_us = row.integer(5);
  run.tests = static_cast<std::uint32_t>(row.integer(6));
  run.finished = static_cast<std::uint32_t>(row.integer(7));
  run.failed = static_cast<std::uint32_t>(row.integer(8));
  return run;
}

RunRow run_row_of(const std::string& id, const Statement& row)
{
  RunRow run{id, row.integer(0), std::string(row.text(1)), std::string(row.text(2)), {}};
  run.origin.run = run.number;
  run.origin.site = row.integer(3);
  if (!row.is_null(4)) {
    run.origin.tested = row.integer(4);
    run.origin.dirty = row.integer(5) != 0;
  }
  return run;
}

/// Calls `request` and turns what the database refuses into an Error.
template <class Request>
auto guarded(Request request) -> Result<decltype(request())>
{
  try {
    if constexpr (std::is_void_v<decltype(request())>) {
      request();
      return {};
    } else {
      return request();
    }
  } catch (const DatabaseFailure& failure) {
    return failure.as_error();
  }
}

} // namespace

struct Store::Database {
  Database(std::string where, OpenedDatabase opened)
      : directory(std::move(where)),
        notice(std::move(opened.notice)),
        connection(std::move(opened.connection)),
        results(connection)
  {}

  /// Asked anew each time: another connection may have told what it tested.
  RunRow run_of(const std::string& id)
  {
    const auto found =
        select_run.with(id).first([&](const Statement& row) { return run_row_of(id, row); });
    if (!found) {
      throw DatabaseFailure(0, fmt::format("there is no run {}", id));
    }
    return *found;
  }

  std::string directory;
  std::string notice;
  Connection connection;
  ResultTable results;
  std::chrono::milliseconds patience = Connection::first_patience;
  std::mt19937 random{std::random_device{}()};
  Statement select_run =
      connection.prepare("SELECT number, project, configuration, site, tested,"
                         " EXISTS (SELECT 1 FROM listed_files WHERE list = states.uncommitted)"
                         " FROM runs JOIN sites USING (branch, build_dir)"
                         " LEFT JOIN states ON states.state = runs.tested WHERE id = ?");
};

Store::Store(std::unique_ptr<Database> database) : database_(std::move(database)) {}

Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

Result<Store> Store::open(const std::string& directory)
{
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (!error) {
    std::filesystem::permissions(directory, std::filesystem::perms::owner_all, error);
  }
  if (error) {
    return environment_error(
        fmt::format("cannot use {} for results: {}", directory, error.message()));
  }
  try {
    return Store(std::make_unique<Database>(directory, open_database(directory)));
  } catch (const DatabaseFailure& failure) {
    return failure.as_error();
  }
}

Result<Store> Store::beside() const
{
  try {
    Store other(std::make_unique<Database>(database_->directory,
                                           OpenedDatabase{open_again(database_->directory), ""}));
    other.set_patience(database_->patience);
    return other;
  } catch (const DatabaseFailure& failure) {
    return failure.as_error();
  }
}

const std::string& Store::notice() const
{
  return database_->notice;
}

void Store::set_patience(std::chrono::milliseconds patience)
{
  database_->connection.set_patience(patience);
  database_->patience = patience;
}

Result<std::string> Store::begin_run(const RunRequest& request, std::int64_t now_us)
{
  return guarded([&]() -> std::string {
    Transaction transaction(database_->connection);
    Statement insert = database_->connection.prepare(
        "INSERT OR IGNORE INTO runs (id, project, configuration, build_dir, state, owner,"
        " started_us, tests, branch, tested) VALUES (?, ?, ?, ?, 'running', ?, ?, ?, ?, ?)");
    const std::string owner = this_process();
    std::optional<std::int64_t> tested;
    if (request.tested) {
      tested = StateTable(database_->connection).keep(*request.tested);
    }
    StandingTable(database_->connection).add_site(request.branch, request.build_dir);
    std::string name;
    do { // another run of this millisecond may have drawn the same number
      name = run_id(now_us, static_cast<std::uint32_t>(database_->random()));
      insert
          .with(name, request.project, request.configuration, request.build_dir, owner, now_us,
                static_cast<std::uint64_t>(request.tests.size()), request.branch, tested)
          .execute();
    } while (database_->connection.changed_rows() == 0);
    std::error_code error;
    const std::filesystem::path directory = std::filesystem::path(output_path(name)).parent_path();
    std::filesystem::create_directories(directory, error);
    if (error) {
      throw DatabaseFailure(
          0, fmt::format("cannot create {} for it: {}", directory.string(), error.message()));
    }
    transaction.commit();
    return name;
  });
}

std::string Store::output_path(const std::string& run_id) const
{
  return fmt::format("{}/runs/{}/output", database_->directory, run_id);
}

Result<void> Store::add_results(const std::string& run_id, const std::vector<StoredResult>& results)
{
  return guarded([&] {
    Transaction transaction(database_->connection);
    const RunRow run = database_->run_of(run_id);
    database_->results.add(run, results);
    transaction.commit();
  });
}

Result<void> Store::set_tested(const std::string& run_id, const TestedState& state)
{
  return guarded([&] {
    Connection& connection = database_->connection;
    Transaction transaction(connection);
    const std::int64_t number = StateTable(connection).keep(state);
    connection.prepare("UPDATE runs SET tested = ? WHERE id = ?").with(number, run_id).execute();
    database_->results.note_again(database_->run_of(run_id));
    transaction.commit();
  });
}

Result<void> Store::end_run(const std::string& run_id, RunEnd end, std::int64_t now_us)
{
  return guarded([&] {
    database_->connection.prepare("UPDATE runs SET state = ?, ended_us = ? WHERE id = ?")
        .with(name_of(end), now_us, run_id)
        .execute();
  });
}

Result<void> Store::sync()
{
  return guarded([&] { database_->connection.execute("PRAGMA wal_checkpoint(PASSIVE)"); });
}

Result<std::vector<RunSummary>> Store::runs(std::size_t limit)
{
  return guarded([&] {
    std::vector<RunSummary> runs;
    Statement rows = database_->connection.prepare(
        fmt::format("SELECT {} FROM runs ORDER BY number DESC LIMIT ?", run_columns));
    rows.with(static_cast<std::uint64_t>(limit));
    while (rows.next_row()) {
      runs.push_back(summary_of(rows));
    }
    return runs;
  });
}

Result<std::optional<RunSummary>> Store::run(const std::string& run_id)
{
  return guarded([&] {
    Statement rows =
        database_->connection.prepare(fmt::format("SELECT {} FROM runs WHERE id = ?", run_columns));
    return rows.with(run_id).first(summary_of);
  });
}

Result<std::vector<StoredResult>> Store::results(const std::string& run_id)
{
  return guarded([&] { return database_->results.of_run(run_id); });
}

Result<std::optional<OutputPlace>> Store::output_of(const std::string& run_id, std::uint32_t test,
                                                    std::optional<std::uint32_t> attempt)
{
  return guarded([&] { return database_->results.output_of(run_id, test, attempt); });
}

Result<History> Store::history(const std::string& project, const std::string& configuration)
{
  return guarded([&] { return history_in(database_->connection, project, configuration); });
}

Result<ProjectHistory> Store::attempts(const std::string& project, const std::string& configuration)
{
  return guarded([&] { return attempts_in(database_->connection, project, configuration); });
}

Result<HistoryMerge> Store::take_in(const ProjectHistory& history, std::int64_t now_us)
{
  return guarded([&] {
    Transaction transaction(database_->connection);
    const HistoryMerge merge = store::take_in(database_->connection, history, now_us);
    transaction.commit();
    return merge;
  });
}

Result<Greens> Store::greens(const std::string& project, const std::string& configuration,
                             GreensOf which)
{
  return guarded([&] { return greens_in(database_->connection, project, configuration, which); });
}

Result<Flakiness> Store::flakiness(const std::string& project, const std::string& configuration,
                                   std::optional<std::uint32_t> runs)
{
  return guarded([&] { return flakiness_in(database_->connection, project, configuration, runs); });
}

Result<std::vector<std::string>> Store::abandoned_runs()
{
  return guarded([&] {
    std::vector<std::string> abandoned;
    Statement rows =
        database_->connection.prepare("SELECT id, owner FROM runs WHERE state = 'running'");
    while (rows.next_row()) {
      if (!may_live(rows.text(1))) {
        abandoned.emplace_back(rows.text(0));
      }
    }
    return abandoned;
  });
}

Result<void> Store::prune(std::size_t keep)
{
  return guarded([&] {
    std::vector<std::pair<std::int64_t, std::string>> oldest;
    Transaction transaction(database_->connection);
    Statement rows = database_->connection.prepare(
        "SELECT number, id FROM runs WHERE state <> 'running'"
        " AND number NOT IN (SELECT number FROM runs ORDER BY number DESC LIMIT ?)");
    rows.with(static_cast<std::uint64_t>(keep));
    while (rows.next_row()) {
      oldest.emplace_back(rows.integer(0), rows.text(1));
    }
    Statement remove_results = database_->connection.prepare("DELETE FROM results WHERE run = ?");
    Statement remove_run = database_->connection.prepare("DELETE FROM runs WHERE number = ?");
    for (const auto& [number, id] : oldest) {
      remove_results.with(number).execute();
      remove_run.with(number).execute();
    }
    StandingTable(database_->connection).prune();
    StateTable(database_->connection).prune();
    transaction.commit();
    for (const auto& [number, id] : oldest) {
      std::error_code ignored;
      const std::filesystem::path output = output_path(id);
      std::filesystem::remove_all(output.parent_path(), ignored);
    }
  });
}

} // namespace winnow::store
