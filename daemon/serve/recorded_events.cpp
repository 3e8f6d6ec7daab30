// Goes through the results of a record.
#include "daemon/serve/recorded_events.hpp"

#include "analyzer/report/run_json.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace winnow::serve {
namespace {

/// Bounds the memory of a slow reader.
constexpr std::size_t results_at_once = 500;

RunEnd end_named(const std::string& name)
{
  const auto found = std::find(run_end_names.begin(), run_end_names.end(), name);
  return found == run_end_names.end() ? RunEnd::incomplete
                                      : static_cast<RunEnd>(found - run_end_names.begin());
}

class RecordedEvents : public BodyStream {
 public:
  explicit RecordedEvents(RunRecord record) : record_(std::move(record))
  {
    for (const store::StoredResult& stored : record_.results) {
      chunks_[stored.result.chunk].left += stored.result.again ? 0 : 1;
    }
  }

  std::string next() override
  {
    lines_.clear();
    if (!std::exchange(has_begun_, true)) {
      begin();
    }
    const std::size_t stop = std::min(place_ + results_at_once, record_.results.size());
    for (; place_ < stop; ++place_) {
      tell(record_.results[place_].result);
    }
    if (place_ == record_.results.size() && !std::exchange(has_ended_, true)) {
      end();
    }
    return std::move(lines_);
  }

  [[nodiscard]] bool ended() const override { return true; }

  void when_more(std::function<void()>) override {}

 private:
  struct Chunk {
    std::size_t left = 0; ///< results not told
    bool passed = true;
  };

  void add(const RunEvent& event) { lines_ += report::run_event_to_json(event) + "\n"; }

  void begin()
  {
    const std::size_t seen = chunks_.empty() ? 1 : chunks_.rbegin()->first + std::size_t{1};
    const std::size_t chunks = std::max(seen, record_.run.chunks.size());
    add(RunStarted{record_.run.run_id, record_.run.tests, static_cast<std::uint32_t>(chunks),
                   record_.remembered ? record_.remembered->slots : 1});
  }

  void tell(const TestResult& result)
  {
    if (record_.remembered && record_.remembered->started[result.index]) {
      add(TestStarted{result.index, result.started_us, result.attempt});
    }
    add(TestFinished{result});
    if (result.again) {
      return;
    }
    Chunk& chunk = chunks_[result.chunk];
    chunk.passed &= !is_failure(result.verdict) && result.verdict != Verdict::cancelled;
    if (--chunk.left == 0 && record_.run.finished >= record_.run.tests) {
      add(ChunkFinished{result.chunk, chunk.passed});
    }
  }

  void end()
  {
    const RunSummary& run = record_.run;
    if (record_.remembered) {
      add(record_.remembered->end);
    } else if (run.ended_us != 0) {
      // The clock may have been set back meanwhile.
      const std::int64_t duration_us = std::max<std::int64_t>(run.ended_us - run.started_us, 0);
      add(RunFinished{end_named(run.state), duration_us, 0});
    }
  }

  RunRecord record_;
  std::map<std::uint32_t, Chunk> chunks_;
  std::string lines_;
  std::size_t place_ = 0; ///< of the next result
  bool has_begun_ = false;
  bool has_ended_ = false;
};

} // namespace

std::shared_ptr<BodyStream> recorded_event_stream(RunRecord record)
{
  return std::make_shared<RecordedEvents>(std::move(record));
}

} // namespace winnow::serve
