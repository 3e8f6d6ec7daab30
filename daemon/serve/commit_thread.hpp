// Writes results where a slow disk holds nobody up.
#pragma once

#include "analyzer/model/error.hpp"
#include "daemon/store/store.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace winnow::serve {

/// One transaction after the other, on a connection and a thread of its own: tests start and end
/// meanwhile. What was committed is synced a second later, all of that second at once.
class CommitThread {
 public:
  using Done = std::function<void(Result<void>)>;

  /// `store` is asked for its database alone. Whoever waits is told on `executor`.
  CommitThread(boost::asio::any_io_executor executor, const store::Store& store);
  /// Writes what it was given before.
  ~CommitThread();
  CommitThread(const CommitThread&) = delete;
  CommitThread& operator=(const CommitThread&) = delete;

  /// As Store::add_results().
  void add_results(std::string run_id, std::vector<store::StoredResult> results, Done done);
  /// Something else was committed.
  void sync_soon();

 private:
  using Clock = std::chrono::steady_clock;

  struct Batch {
    std::string run_id;
    std::vector<store::StoredResult> results;
    Done done;
    boost::asio::any_io_executor executor; ///< which has work until then
  };

  void work();
  void write(Batch batch);
  void sync();
  Result<store::Store*> connected();

  boost::asio::any_io_executor executor_;
  const store::Store& database_;
  std::optional<store::Store> store_; ///< of the thread alone
  std::mutex mutex_;                  ///< of what follows
  std::condition_variable wake_;
  std::deque<Batch> batches_;
  std::optional<Clock::time_point> sync_due_;
  bool ending_ = false;
  std::thread thread_; ///< the last: it uses all the others
};

} // namespace winnow::serve
