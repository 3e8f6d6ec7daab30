// SQLite as values that clean up after themselves.
#pragma once

#include "analyzer/model/error.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace winnow::store {

/// What SQLite refused. Thrown inside this folder only: the store turns it into an Error at its
/// edge.
class DatabaseFailure : public std::runtime_error {
 public:
  DatabaseFailure(int code, const std::string& message) : std::runtime_error(message), code_(code)
  {}

  /// The file is no database, or its content contradicts itself.
  [[nodiscard]] bool is_damage() const;
  [[nodiscard]] Error as_error() const;

 private:
  int code_;
};

/// Bytes that are no text.
struct Blob {
  std::string_view bytes;
};

/// A prepared statement, for many executions. Parameters and columns count from 0.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  /// Starts a new execution with these parameters. Text and blobs must live until it is finished.
  template <class... Values>
  Statement& with(const Values&... values)
  {
    reset();
    int index = 0;
    (bind(index++, values), ...);
    return *this;
  }

  /// Goes to the next row; false when there is none any more.
  bool next_row();
  /// Executes to the end.
  void execute();

  /// What `read` makes of the first row, if there is one. Ends the execution: one that stays open
  /// would hold this connection to the state it read.
  template <class Read>
  auto first(Read read) -> std::optional<decltype(read(std::declval<const Statement&>()))>
  {
    if (!next_row()) {
      return std::nullopt;
    }
    auto value = read(std::as_const(*this));
    reset();
    return value;
  }

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string_view text(int column) const; ///< valid until the next row
  [[nodiscard]] std::string_view blob(int column) const; ///< valid until the next row
  [[nodiscard]] bool is_null(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  void reset();
  void bind(int index, std::int64_t value);

  void bind(int index, int value) { bind(index, std::int64_t{value}); }

  void bind(int index, std::uint32_t value) { bind(index, std::int64_t{value}); }

  void bind(int index, std::uint64_t value) { bind(index, static_cast<std::int64_t>(value)); }

  void bind(int index, std::string_view value);
  void bind(int index, const Blob& value);
  void bind(int index, const std::optional<std::int64_t>& value); ///< NULL where unset

  void bind(int index, const char* value) { bind(index, std::string_view(value)); }

  void bind(int index, const std::string& value) { bind(index, std::string_view(value)); }

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

enum class Access {
  writing, ///< creates the file where there is none
  reading
};

/// One connection, for one thread.
class Connection {
 public:
  /// How long a writer waits for another's transaction; they last well below a millisecond.
  static constexpr std::chrono::milliseconds first_patience{10'000};

  explicit Connection(const std::string& path, Access access = Access::writing);

  /// How long to wait for another connection's lock.
  void set_patience(std::chrono::milliseconds patience);

  void execute(const char* sql);
  Statement prepare(std::string_view sql);
  std::int64_t integer(std::string_view sql);
  [[nodiscard]] std::int64_t last_row() const;
  [[nodiscard]] int changed_rows() const;

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };

  std::unique_ptr<sqlite3, Close> connection_;
};

/// Rolls back unless committed. Takes the write lock at once, so that it never fails half way for
/// it.
class Transaction {
 public:
  explicit Transaction(Connection& connection);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Connection* connection_;
};

} // namespace winnow::store
