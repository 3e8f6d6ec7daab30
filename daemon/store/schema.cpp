// The tables, by version, and what happens to a file that does not hold them.
#include "daemon/store/schema.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>

namespace winnow::store {
namespace {

/// Entry N takes the database from version N to N + 1. Never changed once released, only added to.
constexpr std::array migrations{
    // `history` names every test once; `results` refers to it. Verdicts are kept by name. A run's
    // counts are kept with it, so that listing runs reads no results. `measurements` comes last in
    // its
    // row: reading what is expected of all tests does not touch it.
    R"sql(
CREATE TABLE runs (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project TEXT NOT NULL,
  configuration TEXT NOT NULL,
  build_dir TEXT NOT NULL,
  state TEXT NOT NULL,
  owner TEXT NOT NULL,
  started_us INTEGER NOT NULL,
  ended_us INTEGER NOT NULL DEFAULT 0,
  tests INTEGER NOT NULL,
  finished INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE history (
  test INTEGER PRIMARY KEY,
  project TEXT NOT NULL,
  configuration TEXT NOT NULL,
  directory TEXT NOT NULL,
  name TEXT NOT NULL,
  last_verdict TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  duration_us INTEGER NOT NULL DEFAULT 0,
  cpu_us INTEGER NOT NULL DEFAULT 0,
  peak_memory_bytes INTEGER NOT NULL DEFAULT 0,
  measurements BLOB NOT NULL DEFAULT x'',
  UNIQUE (project, configuration, directory, name)
);
CREATE TABLE results (
  number INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs,
  test INTEGER NOT NULL REFERENCES history,
  position INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  chunk INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  exit_code INTEGER NOT NULL,
  signal INTEGER NOT NULL,
  started_us INTEGER NOT NULL,
  duration_us INTEGER NOT NULL,
  waited_us INTEGER NOT NULL,
  cpu_us INTEGER NOT NULL,
  peak_memory_bytes INTEGER NOT NULL,
  output_bytes INTEGER NOT NULL,
  output_offset INTEGER NOT NULL,
  output_length INTEGER NOT NULL,
  leaked TEXT NOT NULL,
  UNIQUE (run, position, attempt)
);
)sql",
    // States of the sources that runs tested, and by branch where a test was green last. Of results
    // from before, the state is not known. Reading the red ones touches no others.
    R"sql(
CREATE TABLE file_lists (
  list INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE
);
CREATE TABLE listed_files (
  list INTEGER NOT NULL REFERENCES file_lists,
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (list, position)
) WITHOUT ROWID;
CREATE TABLE states (
  state INTEGER PRIMARY KEY,
  commit_id TEXT NOT NULL,
  settings TEXT NOT NULL,
  uncommitted INTEGER NOT NULL REFERENCES file_lists,
  beside_git INTEGER NOT NULL REFERENCES file_lists,
  UNIQUE (commit_id, settings, uncommitted, beside_git)
);
CREATE TABLE standings (
  test INTEGER NOT NULL REFERENCES history,
  branch TEXT NOT NULL,
  verdict TEXT NOT NULL,
  tested INTEGER REFERENCES states,
  run_started_us INTEGER NOT NULL,
  clean INTEGER REFERENCES states,
  dirty INTEGER REFERENCES states,
  PRIMARY KEY (test, branch)
) WITHOUT ROWID;
CREATE INDEX red_standings ON standings (test) WHERE verdict NOT IN ('passed', 'skipped');
INSERT INTO standings (test, branch, verdict, run_started_us)
  SELECT test, '', last_verdict, 0 FROM history WHERE last_verdict IS NOT NULL;
ALTER TABLE runs ADD COLUMN branch TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN tested INTEGER REFERENCES states;
)sql",
    // Where a test stands in each build tree, too, in the order of runs. Of verdicts from before,
    // the build tree is not known, and those of skipped tests say nothing.
    R"sql(
CREATE TABLE sites (
  site INTEGER PRIMARY KEY,
  branch TEXT NOT NULL,
  build_dir TEXT NOT NULL,
  UNIQUE (branch, build_dir)
);
INSERT INTO sites (branch, build_dir)
  SELECT branch, build_dir FROM runs UNION SELECT branch, '' FROM standings;
DROP INDEX red_standings;
ALTER TABLE standings RENAME TO standings_of_branches;
CREATE TABLE standings (
  test INTEGER NOT NULL REFERENCES history,
  site INTEGER NOT NULL REFERENCES sites,
  verdict TEXT NOT NULL,
  tested INTEGER REFERENCES states,
  run INTEGER NOT NULL,
  clean INTEGER REFERENCES states,
  dirty INTEGER REFERENCES states,
  PRIMARY KEY (test, site)
) WITHOUT ROWID;
CREATE INDEX red_standings ON standings (test) WHERE verdict <> 'passed';
INSERT INTO standings (test, site, verdict, tested, run, clean, dirty)
  SELECT test, site, verdict, tested,
         coalesce((SELECT max(number) FROM runs WHERE started_us = run_started_us), 0), clean, dirty
  FROM standings_of_branches JOIN sites USING (branch)
  WHERE build_dir = '' AND verdict <> 'skipped';
DROP TABLE standings_of_branches;
)sql",
    // Who looks for flaky tests goes from the few failures to what else is known of their tests. A
    // run's entries are neighbours, so that adding to it stays cheap.
    R"sql(
CREATE INDEX failed_results ON results (run, test)
  WHERE verdict IN ('failed', 'timed out', 'crashed', 'over memory');
CREATE INDEX results_of_tests ON results (run, test, verdict);
)sql",
    // What a test waited for; and in which format its measurements are: those from before have
    // neither times nor verdicts.
    R"sql(
ALTER TABLE results ADD COLUMN waited_for TEXT NOT NULL DEFAULT '';
ALTER TABLE history ADD COLUMN format INTEGER NOT NULL DEFAULT 0;
)sql",
};

/// Held by whoever is opening; the kernel lets go of it when the holder dies.
class OpeningLock {
 public:
  explicit OpeningLock(const std::string& path)
      : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))
  {
    if (file_ < 0) {
      throw DatabaseFailure(SQLITE_CANTOPEN,
                            fmt::format("cannot create {}: {}", path, std::strerror(errno)));
    }
    while (::flock(file_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }

  ~OpeningLock() { ::close(file_); }

  OpeningLock(const OpeningLock&) = delete;
  OpeningLock& operator=(const OpeningLock&) = delete;

 private:
  int file_;
};

constexpr auto newest = static_cast<std::int64_t>(migrations.size());

std::string database_in(const std::string& directory)
{
  return directory + "/winnow.db";
}

/// 0 for an empty database.
std::int64_t version_of(Connection& connection)
{
  const std::int64_t version = connection.integer("PRAGMA user_version");
  if (version > newest) {
    throw DatabaseFailure(
        SQLITE_ERROR, fmt::format("it was written by a newer Winnow (its version is {}, ours {}); "
                                  "use that one, or another XDG_STATE_HOME",
                                  version, newest));
  }
  return version;
}

void migrate(Connection& connection)
{
  const std::int64_t version = version_of(connection);
  if (version == newest) {
    return;
  }
  Transaction transaction(connection);
  for (auto step = static_cast<std::size_t>(version); step < migrations.size(); ++step) {
    connection.execute(migrations[step]);
  }
  connection.execute(fmt::format("PRAGMA user_version = {}", newest).c_str());
  transaction.commit();
}

/// Ends its statement: tables cannot be changed while one is read.
void check(Connection& connection)
{
  Statement quick_check = connection.prepare("PRAGMA quick_check(1)");
  if (quick_check.next_row() && quick_check.text(0) != "ok") {
    throw DatabaseFailure(SQLITE_CORRUPT, std::string(quick_check.text(0)));
  }
}

/// Commits survive the death of any process, and a loss of power from the next sync on.
constexpr const char* sync_later = "PRAGMA synchronous = NORMAL";

Connection connect(const std::string& path)
{
  Connection connection(path, Access::writing);
  connection.execute("PRAGMA journal_mode = WAL");
  connection.execute(sync_later);
  check(connection);
  migrate(connection);
  return connection;
}

/// Renames the database with what belongs to it; the new name.
std::string set_aside(const std::string& path)
{
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const std::string stamp = fmt::format(
      ".damaged-{}", std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
  for (const char* part : {"", "-wal", "-shm"}) {
    std::error_code absent;
    std::filesystem::rename(path + part, path + stamp + part, absent);
  }
  return path + stamp;
}

} // namespace

OpenedDatabase open_database(const std::string& directory)
{
  const std::string path = database_in(directory);
  const OpeningLock lock(directory + "/winnow.db.opening");
  try {
    return {connect(path), ""};
  } catch (const DatabaseFailure& failure) {
    if (!failure.is_damage()) {
      throw;
    }
    const std::string kept = set_aside(path);
    return {connect(path),
            fmt::format("the database of results was damaged ({}): it is kept as {}, and history "
                        "begins anew",
                        failure.what(), kept)};
  }
}

Connection open_again(const std::string& directory)
{
  Connection connection(database_in(directory), Access::writing);
  connection.execute(sync_later);
  connection.execute("PRAGMA wal_autocheckpoint = 0");
  return connection;
}

std::optional<Connection> open_to_read(const std::string& directory)
{
  const std::string path = database_in(directory);
  if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) {
    return std::nullopt; // any other reason is told by opening it
  }
  Connection connection(path, Access::reading);
  const std::int64_t version = version_of(connection);
  if (version == 0) {
    return std::nullopt;
  }
  return version == newest ? std::move(connection) : std::move(open_database(directory).connection);
}

} // namespace winnow::store
