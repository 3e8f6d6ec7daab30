// Counts SIGINT and SIGTERM, and makes waiting calls notice them.
#pragma once

namespace winnow::client {

/// While one lives, the signals do not end the process. At most one at a time.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  /// Readable once a signal has come since the last count().
  [[nodiscard]] int wake_fd() const;
  /// How many signals have come so far.
  int count();
};

} // namespace winnow::client
