// Counts, states and the event log of one run.
#include "daemon/serve/run.hpp"

#include <algorithm>
#include <utility>

namespace winnow::serve {

Run::Run(std::string id, RunRequest request, std::uint32_t slots, std::int64_t now_us)
    : id_(std::move(id)),
      request_(std::move(request)),
      slots_(std::max(slots, 1U)),
      chunks_(std::max<std::size_t>(request_.chunk_names.size(), 1)),
      states_(request_.tests.size(), TestState::waiting),
      kept_outputs_(request_.tests.size())
{
  for (const RequestedTest& test : request_.tests) {
    if (test.chunk >= chunks_.size()) {
      chunks_.resize(test.chunk + 1);
    }
    ++chunks_[test.chunk].tests;
  }
  summary_.run_id = id_;
  summary_.project = request_.project;
  summary_.build_dir = request_.build_dir;
  summary_.state = "running";
  summary_.started_us = now_us;
  summary_.tests = static_cast<std::uint32_t>(request_.tests.size());
  events_.add(RunStarted{id_, summary_.tests, static_cast<std::uint32_t>(chunks_.size()), slots_});
}

RunSummary Run::summary() const
{
  RunSummary summary = summary_;
  for (std::uint32_t test = 0; test < states_.size() && !ended(); ++test) {
    if (states_[test] == TestState::running) {
      summary.running.push_back(request_.tests[test].description.key.display());
    }
  }
  for (std::size_t chunk = 0; chunk < chunks_.size(); ++chunk) {
    summary.chunks.push_back(summary_of(chunk));
  }
  return summary;
}

ChunkSummary Run::summary_of(std::size_t chunk) const
{
  const ChunkCounts& counts = chunks_[chunk];
  ChunkSummary summary;
  summary.name = chunk < request_.chunk_names.size() ? request_.chunk_names[chunk]
                                                     : "chunk " + std::to_string(chunk);
  summary.tests = counts.tests;
  summary.finished = counts.finished;
  summary.failed = counts.failed;
  const bool is_whole = counts.finished == counts.tests;
  if (is_whole || ended()) {
    summary.state = is_whole && counts.passed() ? ChunkState::passed : ChunkState::failed;
  } else if (counts.started > 0 || counts.finished > 0) {
    summary.state = ChunkState::running;
  }
  return summary;
}

std::vector<TestInRun> Run::tests_called(const std::string& name) const
{
  std::vector<TestInRun> found;
  for (std::uint32_t test = 0; test < states_.size(); ++test) {
    const TestKey& key = request_.tests[test].description.key;
    if (key.name == name || key.display() == name) {
      found.push_back({key, test, states_[test]});
    }
  }
  return found;
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

void Run::started(const TestStarted& start)
{
  states_[start.test] = TestState::running;
  chunks_[request_.tests[start.test].chunk].started += start.attempt == 1 ? 1 : 0;
  events_.add(start);
}

void Run::want_start()
{
  if (!std::exchange(start_wanted_, true)) {
    events_.add(StartWanted{});
  }
}

void Run::start_permitted()
{
  start_wanted_ = false;
}

void Run::finished(const TestResult& result)
{
  if (result.again) {
    states_[result.index] = TestState::waiting;
    events_.add(TestFinished{result});
    return;
  }
  states_[result.index] = TestState::finished;
  if (!kept_outputs_[result.index]) {
    kept_outputs_[result.index].emplace(); // it had no process
  }
  ++summary_.finished;
  ChunkCounts& chunk = chunks_[result.chunk];
  ++chunk.finished;
  if (is_failure(result.verdict)) {
    ++summary_.failed;
    ++chunk.failed;
  }
  chunk.cancelled += result.verdict == Verdict::cancelled ? 1 : 0;
  events_.add(TestFinished{result});
  if (chunk.finished == chunk.tests) {
    events_.add(ChunkFinished{result.chunk, chunk.passed()});
  }
}

void Run::store_in_trouble(const std::string& why)
{
  events_.add(StoreTrouble{why});
}

void Run::end(std::int64_t now_us, const RunFinished& how)
{
  summary_.state = name_of(how.end);
  summary_.ended_us = now_us;
  events_.add(how);
}

EndedRun Run::remains() const
{
  EndedRun remains{summary(), slots_, std::vector<bool>(states_.size()), {}};
  for (std::size_t i = 0; i < events_.size(); ++i) {
    const RunEvent event = events_[i];
    if (const auto* start = std::get_if<TestStarted>(&event)) {
      remains.started[start->test] = true;
    } else if (const auto* end = std::get_if<RunFinished>(&event)) {
      remains.end = *end;
    }
  }
  return remains;
}

void Run::output_begins(std::uint32_t test, std::weak_ptr<const execute::SpillFile> file)
{
  outputs_[test] = std::move(file);
}

void Run::output_ends(std::uint32_t test, execute::OutputPiece kept)
{
  outputs_.erase(test);
  kept_outputs_[test] = kept;
}

std::shared_ptr<const execute::SpillFile> Run::output_of(std::uint32_t test) const
{
  const auto found = outputs_.find(test);
  return found == outputs_.end() ? nullptr : found->second.lock();
}

std::optional<execute::OutputPiece> Run::kept_output_of(std::uint32_t test) const
{
  return kept_outputs_[test];
}

} // namespace winnow::serve
