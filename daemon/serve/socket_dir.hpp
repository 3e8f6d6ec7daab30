// The private directory a daemon listens in, held by at most one daemon at a time.
#pragma once

#include "analyzer/model/error.hpp"

#include <string>

namespace winnow::serve {

/// Holds the lock of the directory for life; no other process's directory is ever used.
class SocketDir {
 public:
  /// Creates the directory (0700) where it is missing and takes its lock, a file with the holder's
  /// process id. Environment errors: it is
  /// a link, another user's, or open to others; `is_taken()` tells when a living daemon has the
  /// lock.
  static Result<SocketDir> take(const std::string& path);
  ~SocketDir();
  SocketDir(SocketDir&& other) noexcept;
  SocketDir& operator=(SocketDir&&) = delete;

  /// Whether another daemon holds the lock; then nothing here may be touched.
  [[nodiscard]] bool is_taken() const { return lock_ < 0; }

  /// A listening socket; a stale one of a daemon that died is replaced. Only for the lock's holder.
  Result<int> listen();

 private:
  SocketDir(int directory, int lock) : directory_(directory), lock_(lock) {}

  int directory_;
  int lock_;
  bool listens_ = false;
};

} // namespace winnow::serve
