// Calls SQLite and throws what it refuses.
#include "daemon/store/database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace winnow::store {
namespace {

[[noreturn]] void fail(sqlite3* connection)
{
  throw DatabaseFailure(sqlite3_extended_errcode(connection), sqlite3_errmsg(connection));
}

} // namespace

bool DatabaseFailure::is_damage() const
{
  const int primary = code_ & 0xff;
  return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
}

Error DatabaseFailure::as_error() const
{
  switch (code_ & 0xff) {
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return data_error(fmt::format(
        "the database of results is damaged ({}); it is set aside at the daemon's next start",
        what()));
  case SQLITE_FULL:
    return environment_error(fmt::format("no space left for the database of results ({})", what()));
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return environment_error(
        fmt::format("another process keeps the database of results to itself ({})", what()));
  default:
    return environment_error(fmt::format("the database of results: {}", what()));
  }
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const
{
  sqlite3_finalize(statement);
}

bool Statement::next_row()
{
  switch (sqlite3_step(statement_.get())) {
  case SQLITE_ROW:
    return true;
  case SQLITE_DONE:
    reset();
    return false;
  default:
    const DatabaseFailure failure(sqlite3_extended_errcode(sqlite3_db_handle(statement_.get())),
                                  sqlite3_errmsg(sqlite3_db_handle(statement_.get())));
    reset();
    throw failure;
  }
}

void Statement::execute()
{
  while (next_row()) {
  }
}

std::int64_t Statement::integer(int column) const
{
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::text(int column) const
{
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  return text == nullptr
             ? std::string_view{}
             : std::string_view(
                   text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)));
}

std::string_view Statement::blob(int column) const
{
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  return bytes == nullptr
             ? std::string_view{}
             : std::string_view(
                   bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)));
}

bool Statement::is_null(int column) const
{
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void Statement::reset()
{
  sqlite3_reset(statement_.get()); // repeats the error of the last step, which was thrown already
}

void Statement::bind(int index, std::int64_t value)
{
  if (sqlite3_bind_int64(statement_.get(), index + 1, value) != SQLITE_OK) {
    fail(sqlite3_db_handle(statement_.get()));
  }
}

void Statement::bind(int index, std::string_view value)
{
  // A null pointer would bind NULL, where "" is meant.
  const char* bytes = value.data() == nullptr ? "" : value.data();
  if (sqlite3_bind_text(statement_.get(), index + 1, bytes, static_cast<int>(value.size()),
                        SQLITE_STATIC) != SQLITE_OK) {
    fail(sqlite3_db_handle(statement_.get()));
  }
}

void Statement::bind(int index, const Blob& value)
{
  if (sqlite3_bind_blob64(statement_.get(), index + 1, value.bytes.data(), value.bytes.size(),
                          SQLITE_STATIC) != SQLITE_OK) {
    fail(sqlite3_db_handle(statement_.get()));
  }
}

void Statement::bind(int index, const std::optional<std::int64_t>& value)
{
  if (value) {
    bind(index, *value);
  } else if (sqlite3_bind_null(statement_.get(), index + 1) != SQLITE_OK) {
    fail(sqlite3_db_handle(statement_.get()));
  }
}

void Connection::Close::operator()(sqlite3* connection) const
{
  sqlite3_close_v2(connection);
}

Connection::Connection(const std::string& path, Access access)
{
  sqlite3* connection = nullptr;
  const int mode =
      access == Access::reading ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int flags = mode | SQLITE_OPEN_NOMUTEX;
  const int result = sqlite3_open_v2(path.c_str(), &connection, flags, nullptr);
  connection_.reset(connection);
  if (result != SQLITE_OK) {
    throw DatabaseFailure(result, sqlite3_errstr(result) + (": " + path));
  }
  set_patience(first_patience);
}

void Connection::set_patience(std::chrono::milliseconds patience)
{
  sqlite3_busy_timeout(connection_.get(), static_cast<int>(patience.count()));
}

void Connection::execute(const char* sql)
{
  if (sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    fail(connection_.get());
  }
}

Statement Connection::prepare(std::string_view sql)
{
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) {
    fail(connection_.get());
  }
  return Statement(statement);
}

std::int64_t Connection::integer(std::string_view sql)
{
  Statement statement = prepare(sql);
  return statement.next_row() ? statement.integer(0) : 0;
}

std::int64_t Connection::last_row() const
{
  return sqlite3_last_insert_rowid(connection_.get());
}

int Connection::changed_rows() const
{
  return sqlite3_changes(connection_.get());
}

Transaction::Transaction(Connection& connection) : connection_(&connection)
{
  connection.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction()
{
  if (connection_ != nullptr) {
    try {
      connection_->execute("ROLLBACK");
    } catch (const DatabaseFailure&) {
      // SQLite rolled back by itself, as it does when the disk is full.
    }
  }
}

void Transaction::commit()
{
  connection_->execute("COMMIT");
  connection_ = nullptr;
}

} // namespace winnow::store
