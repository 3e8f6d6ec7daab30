// A queue of batches, and a time at which to sync.
#include "daemon/serve/commit_thread.hpp"

#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <spdlog/spdlog.h>

#include <signal.h>

#include <utility>

namespace winnow::serve {
namespace {

constexpr std::chrono::seconds sync_pause{1};

/// Signals are for those who wait for them.
void leave_signals_to_others()
{
  sigset_t all;
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, nullptr);
}

} // namespace

CommitThread::CommitThread(boost::asio::any_io_executor executor, const store::Store& store)
    : executor_(std::move(executor)), database_(store), thread_([this] { work(); })
{}

CommitThread::~CommitThread()
{
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void CommitThread::add_results(std::string run_id, std::vector<store::StoredResult> results,
                               Done done)
{
  Batch batch{std::move(run_id), std::move(results), std::move(done),
              boost::asio::prefer(executor_, boost::asio::execution::outstanding_work.tracked)};
  {
    const std::lock_guard lock(mutex_);
    batches_.push_back(std::move(batch));
  }
  wake_.notify_one();
}

void CommitThread::sync_soon()
{
  {
    const std::lock_guard lock(mutex_);
    if (sync_due_) {
      return;
    }
    sync_due_ = Clock::now() + sync_pause;
  }
  wake_.notify_one();
}

void CommitThread::work()
{
  leave_signals_to_others();
  std::unique_lock lock(mutex_);
  while (true) {
    if (sync_due_ && Clock::now() >= *sync_due_) {
      sync_due_.reset();
      lock.unlock();
      sync();
      lock.lock();
    } else if (!batches_.empty()) {
      Batch batch = std::move(batches_.front());
      batches_.pop_front();
      lock.unlock();
      write(std::move(batch));
      lock.lock();
    } else if (ending_) {
      return;
    } else if (sync_due_) {
      wake_.wait_until(lock, *sync_due_);
    } else {
      wake_.wait(lock);
    }
  }
}

void CommitThread::write(Batch batch)
{
  const Result<store::Store*> store = connected();
  Result<void> written =
      store ? (*store)->add_results(batch.run_id, batch.results) : Result<void>(store.error());
  if (written) {
    sync_soon();
  }
  boost::asio::post(batch.executor, [done = std::move(batch.done), written = std::move(written)] {
    done(written);
  });
}

/// What is not synced yet is synced along with what comes next, so that trying again can wait.
void CommitThread::sync()
{
  const Result<store::Store*> store = connected();
  const Result<void> synced = store ? (*store)->sync() : Result<void>(store.error());
  if (!synced) {
    spdlog::warn("results are safe from a loss of power only later: {}", synced.error().message);
  }
}

Result<store::Store*> CommitThread::connected()
{
  if (!store_) {
    Result<store::Store> opened = database_.beside();
    if (!opened) {
      return opened.error();
    }
    store_.emplace(std::move(*opened));
  }
  return &*store_;
}

} // namespace winnow::serve
