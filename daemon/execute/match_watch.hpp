// Tells when the output of a running test first matches.
#pragma once

#include "daemon/execute/output_file.hpp"
#include "daemon/execute/output_patterns.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>

namespace winnow::execute {

/// Looks at all whole lines there are so far, as ctest does with every line; but not at each write,
/// so that a test that writes a lot costs a tenth of the thread at most.
class MatchWatch {
 public:
  /// `matched` is called once, on the executor's thread, never from inside this call. It may
  /// destroy this.
  MatchWatch(const boost::asio::any_io_executor& executor, std::shared_ptr<const SpillFile> file,
             OutputPatterns patterns, std::function<void()> matched);
  ~MatchWatch();
  MatchWatch(const MatchWatch&) = delete;
  MatchWatch& operator=(const MatchWatch&) = delete;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

} // namespace winnow::execute
