// Counts, chunk states and the event log of one run.
#include "daemon/serve/run.hpp"

#include <algorithm>
#include <utility>

namespace winnow::serve {

Run::Run(std::string id, RunRequest request, std::uint32_t slots, std::int64_t now_us)
    : id_(std::move(id)), request_(std::move(request)), slots_(std::max(slots, 1U))
{
  chunks_.resize(std::max<std::size_t>(request_.chunk_names.size(), 1));
  for (const RequestedTest& test : request_.tests) {
    if (test.chunk >= chunks_.size()) {
      chunks_.resize(test.chunk + 1);
    }
    ++chunks_[test.chunk].left;
  }
  summary_.run_id = id_;
  summary_.project = request_.project;
  summary_.build_dir = request_.build_dir;
  summary_.state = "running";
  summary_.started_us = now_us;
  summary_.tests = static_cast<std::uint32_t>(request_.tests.size());
  events_.emplace_back(
      RunStarted{id_, summary_.tests, static_cast<std::uint32_t>(chunks_.size()), slots_});
}

RunSummary Run::summary() const
{
  RunSummary summary = summary_;
  for (const auto& [test, since] : running_) {
    summary.running.push_back(request_.tests[test].description.key.display());
  }
  return summary;
}

std::uint64_t Run::add_follower(std::function<void()> wake)
{
  followers_.emplace(next_follower_, std::move(wake));
  return next_follower_++;
}

void Run::remove_follower(std::uint64_t follower)
{
  followers_.erase(follower);
}

void Run::wake_followers()
{
  // A follower that is woken may remove itself.
  const auto followers = followers_;
  for (const auto& [id, wake] : followers) {
    wake();
  }
}

void Run::started(std::uint32_t test, std::int64_t at_us)
{
  running_.emplace(test, at_us);
  events_.emplace_back(TestStarted{test, at_us});
}

void Run::finished(const TestResult& result)
{
  running_.erase(result.index);
  ++summary_.finished;
  longest_us_ = std::max(longest_us_, result.duration_us);
  work_us_ += result.duration_us;
  ChunkState& chunk = chunks_[result.chunk];
  --chunk.left;
  if (is_failure(result.verdict)) {
    ++summary_.failed;
    chunk.passed = false;
  }
  chunk.passed = chunk.passed && result.verdict != Verdict::cancelled;
  events_.emplace_back(TestFinished{result});
  if (chunk.left == 0) {
    events_.emplace_back(ChunkFinished{result.chunk, chunk.passed});
  }
}

void Run::end(RunEnd end, std::int64_t now_us)
{
  summary_.state = end == RunEnd::completed ? "completed" : "cancelled";
  summary_.ended_us = now_us;
  events_.emplace_back(RunFinished{end, now_us - summary_.started_us, lower_bound_us()});
}

std::int64_t Run::lower_bound_us() const
{
  return std::max(longest_us_, work_us_ / static_cast<std::int64_t>(slots_));
}

} // namespace winnow::serve
