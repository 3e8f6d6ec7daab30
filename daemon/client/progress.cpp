// Lines as people know them from nextest: verdict, time, place, name.
#include "daemon/client/progress.hpp"

#include "analyzer/report/quantity_text.hpp"
#include "analyzer/report/wait_report.hpp"
#include "daemon/client/terminal_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <string_view>

namespace winnow::client {
namespace {

constexpr std::chrono::seconds heartbeat_time{30};
constexpr std::chrono::seconds slow_time{60};
constexpr std::chrono::seconds ask_time{1};
/// Of a shorter run nobody asks why it did not take less.
constexpr std::int64_t told_bound_us = 1'000'000;
constexpr std::size_t told_waits = 10;

std::string_view word_for(Verdict verdict)
{
  switch (verdict) {
  case Verdict::passed:
    return "PASS";
  case Verdict::failed:
    return "FAIL";
  case Verdict::timed_out:
    return "TIMEOUT";
  case Verdict::crashed:
    return "CRASH";
  case Verdict::over_memory:
    return "MEMORY";
  case Verdict::skipped:
    return "SKIP";
  case Verdict::not_run:
    return "NOT RUN";
  case Verdict::disabled:
    return "OFF";
  case Verdict::cached:
    return "CACHED";
  case Verdict::cancelled:
    return "CANCEL";
  }
  return "?";
}

std::string_view word_for(RunEnd end)
{
  return end == RunEnd::completed ? "done" : name_of(end);
}

double seconds(std::int64_t microseconds)
{
  return static_cast<double>(microseconds) / 1e6;
}

/// "PASS", or "TRY 2 PASS" of a test that did not run once only.
std::string word_for_attempt(const TestResult& result)
{
  return result.attempt == 1 ? fmt::format("{:>7}", word_for(result.verdict))
                             : fmt::format("{:>12}", fmt::format("TRY {} {}", result.attempt,
                                                                 word_for(result.verdict)));
}

} // namespace

Progress::Progress(const RunRequest& request, Screen screen, std::FILE* out, Detail detail)
    : request_(request), screen_(screen), out_(out), detail_(detail)
{}

void Progress::run_started(const RunStarted& event)
{
  total_ = event.tests;
  slots_ = event.slots;
  fmt::print(out_, "run {}: {} {}, {} at once\n", event.run_id, event.tests,
             event.tests == 1 ? "test" : "tests", event.slots);
}

void Progress::test_started(const TestStarted& event)
{
  running_.emplace(event.test, Running{Clock::now()});
}

void Progress::test_finished(const TestResult& result, const OutputOfTest& output)
{
  clear_bar();
  running_.erase(result.index);
  if (result.again && is_environments(result)) {
    show_environment(result);
    return;
  }
  if (result.again) {
    show_retried(result, output);
    return;
  }
  count(result);
  note_wait(result);
  fmt::print(out_, "{} [{:6.3f}s] ({}/{}) {}", word_for_attempt(result),
             seconds(result.duration_us), finished_, total_, escape_controls(result.key.display()));
  const bool plain = result.verdict == Verdict::passed || result.reason.empty();
  fmt::print(out_, "{}{}\n", plain ? "" : ": ", plain ? "" : escape_controls(result.reason));
  for (const std::string& process : result.leaked) {
    fmt::print(out_, "        left running and ended: {}\n", escape_controls(process));
  }
  if (is_failure(result.verdict)) {
    show_output(result, output);
    failures_.push_back(result);
  }
  said_ = Clock::now();
  std::fflush(out_);
}

/// Its output says nothing of the test.
void Progress::show_environment(const TestResult& result)
{
  environment_.insert_or_assign(result.index, result);
  fmt::print(out_, "{:>12} [{:6.3f}s] {}: {}; again, alone\n", "ENVIRONMENT",
             seconds(result.duration_us), escape_controls(result.key.display()),
             escape_controls(result.reason));
  said_ = Clock::now();
  std::fflush(out_);
}

/// A pass that is followed by another attempt means nothing yet.
void Progress::show_retried(const TestResult& result, const OutputOfTest& output)
{
  if (!is_failure(result.verdict)) {
    return;
  }
  retried_.insert_or_assign(result.index, result);
  const std::optional<Repeat>& repeat = repeat_of(request_, result.index);
  const std::int64_t pause_us =
      repeat ? pause_after(repeat->backoff, result.key, result.attempt) : 0;
  fmt::print(out_, "{:>12} [{:6.3f}s] {}: {}{}\n",
             fmt::format("TRY {} {}", result.attempt, word_for(result.verdict)),
             seconds(result.duration_us), escape_controls(result.key.display()),
             escape_controls(result.reason),
             pause_us == 0 ? "" : fmt::format("; again in {:.3f}s", seconds(pause_us)));
  show_output(result, output);
  said_ = Clock::now();
  std::fflush(out_);
}

void Progress::show_flaky_tests()
{
  if (!flaky_.empty()) {
    fmt::print(out_, "\nflaky:\n");
  }
  for (const TestResult& test : flaky_) {
    const std::optional<Repeat>& repeat = repeat_of(request_, test.index);
    const std::uint32_t tries = test.attempt - (environment_.contains(test.index) ? 1 : 0);
    fmt::print(out_, "{:>12} [{:6.3f}s] {}: {}\n",
               fmt::format("FLAKY {}/{}", tries, repeat ? repeat->attempts : tries),
               seconds(test.duration_us), escape_controls(test.key.display()),
               escape_controls(retried_[test.index].reason));
  }
}

void Progress::count(const TestResult& result)
{
  if (result.flaky) {
    flaky_.push_back(result);
  }
  ++finished_;
  ++counts_[result.verdict];
  const std::int64_t ended_us = result.started_us + result.duration_us;
  ChunkTally& chunk =
      chunks_.try_emplace(result.chunk, ChunkTally{0, 0, result.started_us, ended_us})
          .first->second;
  ++chunk.tests;
  chunk.failed += is_failure(result.verdict) ? 1 : 0;
  chunk.started_us = std::min(chunk.started_us, result.started_us);
  chunk.ended_us = std::max(chunk.ended_us, ended_us);
}

void Progress::show_output(const TestResult& result, const OutputOfTest& output)
{
  const Result<std::string> text = output();
  if (!text) {
    fmt::print(out_, "        its output is not at hand: {}\n", text.error().message);
  } else if (!text->empty()) {
    const std::string shown = escape_controls(*text);
    const std::string attempt =
        result.again ? fmt::format(", attempt {}", result.attempt) : std::string();
    fmt::print(out_, "--- output of {}{}\n{}{}---\n", escape_controls(result.key.display()),
               attempt, std::getenv("CI") == nullptr ? shown : without_ci_commands(shown),
               text->ends_with('\n') ? "" : "\n");
  }
}

void Progress::chunk_finished(const ChunkFinished& event)
{
  if (request_.chunk_names.empty()) {
    return;
  }
  clear_bar();
  const ChunkTally& chunk = chunks_[event.chunk];
  const std::string failed = chunk.failed > 0 ? fmt::format(", {} failed", chunk.failed) : "";
  fmt::print(out_, "{} {}: {} {} in {:.3f}s{}\n", request_.chunk_names[event.chunk],
             event.passed ? "passed" : "failed", chunk.tests, chunk.tests == 1 ? "test" : "tests",
             seconds(chunk.ended_us - chunk.started_us), failed);
}

void Progress::store_trouble(const StoreTrouble& event)
{
  clear_bar();
  fmt::print(out_, "{}\n", trouble_text(event));
  std::fflush(out_);
}

void Progress::mark_slow_tests()
{
  for (auto& [test, running] : running_) {
    const auto time =
        std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - running.since);
    if (time < running.said + slow_time) {
      continue;
    }
    running.said = time - time % slow_time;
    clear_bar();
    fmt::print(out_, "{:>7} [>{:5}s] {}\n", "SLOW", running.said.count(),
               escape_controls(request_.tests[test].description.key.display()));
    std::fflush(out_);
  }
}

bool Progress::is_heartbeat_due() const
{
  return Clock::now() - said_ >= heartbeat_time && !running_.empty();
}

bool Progress::wants_time_left()
{
  return screen_ == Screen::terminal ? Clock::now() - asked_ >= ask_time && !running_.empty()
                                     : is_heartbeat_due();
}

void Progress::time_left(std::optional<double> seconds)
{
  asked_ = Clock::now();
  left_s_ = seconds;
}

void Progress::tick()
{
  mark_slow_tests();
  if (screen_ == Screen::terminal) {
    clear_bar();
    draw_bar();
  } else if (is_heartbeat_due()) {
    said_ = Clock::now();
    fmt::print(out_, "{}/{} done{}, still running: {}\n", finished_, total_, time_left_text(),
               running_names(20));
    std::fflush(out_);
  }
}

void Progress::run_finished(const RunFinished& event)
{
  clear_bar();
  std::string summary;
  for (const auto& [verdict, count] : counts_) {
    summary += fmt::format("{}{} {}", summary.empty() ? "" : ", ", count, name_of(verdict));
    if (verdict == Verdict::passed && !flaky_.empty()) {
      summary += fmt::format(" ({} flaky)", flaky_.size());
    }
  }
  if (!environment_.empty()) {
    summary += fmt::format("; {} ran again alone, since memory was short", environment_.size());
  }
  show_flaky_tests();
  if (!failures_.empty()) {
    fmt::print(out_, "\nfailures:\n");
  }
  for (const TestResult& failure : failures_) {
    fmt::print(out_, "{:>7} {}: {}\n        {}\n", word_for(failure.verdict),
               escape_controls(failure.key.display()), escape_controls(failure.reason),
               reproduction(failure));
  }
  show_waits();
  show_bound(event);
  fmt::print(out_, "{} in {:.3f}s: {}{}\n", word_for(event.end), seconds(event.duration_us),
             summary.empty() ? "no tests" : summary,
             finished_ == total_ ? "" : fmt::format(", {} without a result", total_ - finished_));
  std::fflush(out_);
}

std::string Progress::running_names(std::size_t limit) const
{
  std::string names;
  for (const auto& [test, running] : running_) {
    if (limit-- == 0) {
      return escape_controls(names) + ", ...";
    }
    const auto time =
        std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - running.since);
    names += fmt::format("{}{} ({}s)", names.empty() ? "" : ", ",
                         request_.tests[test].description.key.display(), time.count());
  }
  return escape_controls(names);
}

std::string Progress::reproduction(const TestResult& result) const
{
  return fmt::format("winnow run --all -B {} {}", shell_quoted(request_.build_dir),
                     shell_quoted(result.key.display()));
}

void Progress::note_wait(const TestResult& result)
{
  if (detail_ == Detail::usual || result.waited_for == WaitCause::nothing) {
    return;
  }
  const auto place = std::ranges::upper_bound(waited_longest_, result.waited_us, std::greater{},
                                              &TestResult::waited_us);
  waited_longest_.insert(place, result);
  waited_longest_.resize(std::min(waited_longest_.size(), told_waits));
}

void Progress::show_waits()
{
  if (!waited_longest_.empty()) {
    fmt::print(out_, "\nwaited longest:\n");
  }
  for (const TestResult& test : waited_longest_) {
    fmt::print(out_, "        [{:6.3f}s] {}: {}\n", seconds(test.waited_us),
               escape_controls(test.key.display()), escape_controls(report::waits_text(test)));
  }
}

void Progress::show_bound(const RunFinished& event)
{
  const bool tells = detail_ == Detail::waits || (event.duration_us >= told_bound_us && total_ > 1);
  const std::string text =
      tells && event.end == RunEnd::completed ? report::bound_text(event, slots_) : "";
  if (!text.empty()) {
    fmt::print(out_, "{}\n", escape_controls(text));
  }
}

/// Nothing in the last second, and where the daemon cannot tell.
std::string Progress::time_left_text() const
{
  const double left =
      left_s_.value_or(0) - std::chrono::duration<double>(Clock::now() - asked_).count();
  return left < 1 ? std::string()
                  : fmt::format(", about {} left", report::seconds_text(std::round(left)));
}

void Progress::clear_bar()
{
  if (std::exchange(bar_, false)) {
    fmt::print(out_, "\r\x1b[K");
  }
}

void Progress::draw_bar()
{
  if (running_.empty()) {
    return;
  }
  const std::string bar =
      fmt::format("[{}/{}{}] {}", finished_, total_, time_left_text(), running_names(4));
  fmt::print(out_, "{}", first_columns(bar, terminal_columns(out_) - 1));
  std::fflush(out_);
  bar_ = true;
}

} // namespace winnow::client
