// Tells when a test writes more into its spill file.
#pragma once

#include "daemon/execute/output_file.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>

namespace winnow::execute {

/// Asks the kernel (inotify), so that a test which writes nothing costs nothing. Where the kernel
/// has no watches left it stays silent.
class OutputWatch {
 public:
  /// `grew` is called on the executor's thread, never from inside this call; several writes may be
  /// told as one.
  OutputWatch(const boost::asio::any_io_executor& executor, const SpillFile& file,
              std::function<void()> grew);
  ~OutputWatch();
  OutputWatch(const OutputWatch&) = delete;
  OutputWatch& operator=(const OutputWatch&) = delete;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

} // namespace winnow::execute
