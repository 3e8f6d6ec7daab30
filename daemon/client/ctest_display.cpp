// Holds back what comes before its turn.
#include "daemon/client/ctest_display.hpp"

#include "analyzer/model/ctest_tags.hpp"
#include "daemon/client/terminal_text.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace winnow::client {

CTestDisplay::CTestDisplay(Parts parts, const CTestOptions& options,
                           std::span<const TestDescription> tests, const CTestSelection& selection,
                           std::vector<std::uint32_t> turns)
    : parts_(parts),
      options_(options),
      tests_(tests),
      selection_(selection),
      turns_(std::move(turns))
{}

void CTestDisplay::test_started(const TestStarted& event)
{
  pending_[event.test].emplace_back(event);
  show_turns();
}

void CTestDisplay::test_finished(const TestResult& result, const OutputOfTest& output)
{
  const Result<std::string> text = output();
  pending_[result.index].emplace_back(
      Ended{result, text ? *text : "winnow: " + text.error().message + "\n"});
  show_turns();
}

void CTestDisplay::show_turns()
{
  if (turns_.empty()) {
    for (const auto& [test, pending] : std::exchange(pending_, {})) {
      show(pending);
    }
    return;
  }
  while (turn_ < turns_.size()) {
    const auto found = pending_.find(turns_[turn_]);
    if (found == pending_.end() || !show(std::exchange(found->second, {}))) {
      return;
    }
    pending_.erase(found);
    ++turn_;
  }
}

bool CTestDisplay::show(const Pending& pending)
{
  for (const auto& event : pending) {
    std::visit([this](const auto& alternative) { show(alternative); }, event);
  }
  const Ended* last = pending.empty() ? nullptr : std::get_if<Ended>(&pending.back());
  return last != nullptr && !last->result.again;
}

void CTestDisplay::show(const TestStarted& start)
{
  parts_.console.print(parts_.output.started(start));
}

void CTestDisplay::show(const Ended& ended)
{
  if (ended.result.again && is_environments(ended.result)) {
    fmt::print(stderr, "winnow: {}: {}; it runs again, alone\n",
               escape_controls(ended.result.key.name), escape_controls(ended.result.reason));
    return;
  }
  const TestResult result = parts_.output.as_ctest_has_it(ended.result);
  const CTestRefusal refusal = parts_.output.refusal(result);
  if (options_.verbosity == CTestVerbosity::verbose) {
    parts_.console.print(parts_.output.piece(result.index, ended.output));
  }
  const UntaggedOutput untagged = without_ctest_tags(ended.output);
  parts_.output.add_labels(result.index, untagged.labels);
  parts_.files.add_labels(result.index, untagged.labels);
  parts_.console.print(parts_.output.finished({result}, untagged.text));
  parts_.files.finished(result, untagged.text, refusal);
  if (parts_.passes != nullptr) {
    parts_.passes->finished(result);
  }
  if (!options_.junit_file.empty() && !result.again) {
    const NumberedTest& numbered = selection_.tests[result.index];
    parts_.junit.finished(numbered.number, tests_[numbered.test], result, untagged.text, refusal);
  }
  ended_ += result.again ? 0 : 1;
  left_ += result.verdict == Verdict::cancelled && !result.again && options_.stop_at_us ? 1 : 0;
  say_stop_time(result);
}

/// ctest notices when a test is stopped by it, or when others are left to be started.
void CTestDisplay::say_stop_time(const TestResult& result)
{
  if (stop_time_said_ || !options_.stop_at_us) {
    return;
  }
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const bool passed = std::chrono::microseconds(*options_.stop_at_us) <= now;
  if (passed && (result.verdict == Verdict::timed_out || ended_ < selection_.tests.size())) {
    stop_time_said_ = true;
    parts_.console.print(for_error("The stop time has been passed. Stopping all tests.\n"));
  }
}

void CTestDisplay::store_trouble(const StoreTrouble& event)
{
  fmt::print(stderr, "winnow: {}\n", trouble_text(event));
}

void CTestDisplay::run_finished(const RunFinished& event)
{
  turns_.clear(); // what ended early leaves turns that never come
  show_turns();
  duration_us_ = event.duration_us;
  parts_.console.print(parts_.output.ended(event));
  if (left_tests() && options_.agreement != CTestAgreement::strict) {
    parts_.console.print(
        for_error(fmt::format("winnow: {} tests were not started: the stop time came\n", left_)));
  }
}

} // namespace winnow::client
