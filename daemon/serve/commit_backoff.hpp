// When to try again what the store refused, and when to stop hoping.
#pragma once

#include "analyzer/model/error.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace winnow::serve {

struct CommitLimits {
  /// Results that come within this time of a commit share the next.
  std::chrono::milliseconds pace{20};
  std::chrono::milliseconds first_pause{100};
  std::chrono::milliseconds longest_pause{2000};
  /// A run that can do nothing but wait for the store is given up after this long.
  std::chrono::milliseconds patience{60'000};
  /// With so many results that are not durable no further test starts.
  std::size_t most_held_back = 1000;
};

/// Two states: the store is well, or in trouble (and then between two tries, or about to try). It
/// has no clock: who uses it waits pause() after each failure and then calls pause_is_over().
class CommitBackoff {
 public:
  explicit CommitBackoff(CommitLimits limits) : limits_(limits), pause_(limits.first_pause) {}

  [[nodiscard]] const CommitLimits& limits() const { return limits_; }

  [[nodiscard]] bool in_trouble() const { return !message_.empty(); }

  [[nodiscard]] bool may_try() const { return !pausing_; }

  /// No try will succeed before the daemon's next start: the database is damaged.
  [[nodiscard]] bool is_lasting() const { return lasting_; }

  [[nodiscard]] const std::string& message() const { return message_; }

  [[nodiscard]] std::chrono::milliseconds pause() const { return pause_; }

  enum class News { none, trouble, over };

  /// What followers have to hear.
  News failed(const Error& error);
  News succeeded();

  void pause_is_over() { pausing_ = false; }

 private:
  CommitLimits limits_;
  std::string message_; ///< of the last failure; "" if all is well
  std::chrono::milliseconds pause_;
  bool pausing_ = false;
  bool lasting_ = false;
};

} // namespace winnow::serve
