// Holds back what comes before its turn.
#include "daemon/client/ctest_display.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <utility>

namespace winnow::client {

void print(const Printed& printed)
{
  fmt::print("{}", printed.out);
  std::fflush(stdout);
  fmt::print(stderr, "{}", printed.err);
}

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
  pending_[event.test].start = event;
  show_turns();
}

void CTestDisplay::test_finished(const TestResult& result, const OutputOfTest& output)
{
  const Result<std::string> text = output();
  Pending& pending = pending_[result.index];
  pending.result = result;
  pending.output = text ? *text : "winnow: " + text.error().message + "\n";
  show_turns();
}

void CTestDisplay::show_turns()
{
  if (turns_.empty()) {
    for (auto& [test, pending] : pending_) {
      show(pending);
    }
    pending_.clear();
    return;
  }
  while (turn_ < turns_.size()) {
    const auto found = pending_.find(turns_[turn_]);
    if (found == pending_.end()) {
      return;
    }
    show(found->second);
    if (found->second.result) {
      pending_.erase(found);
      ++turn_;
    } else {
      found->second.start.reset(); // shown
      return;
    }
  }
}

void CTestDisplay::show(Pending& pending)
{
  if (pending.start) {
    print(parts_.output.started(*pending.start));
  }
  if (!pending.result) {
    return;
  }
  const TestResult result = parts_.output.as_ctest_has_it(*pending.result);
  const CTestRefusal refusal = parts_.output.refusal(result);
  if (options_.verbosity == CTestVerbosity::verbose) {
    print(parts_.output.piece(result.index, pending.output));
  }
  print(parts_.output.finished({result}, pending.output));
  parts_.files.finished(result, pending.output, refusal);
  if (!options_.junit_file.empty()) {
    const NumberedTest& numbered = selection_.tests[result.index];
    parts_.junit.finished(numbered.number, tests_[numbered.test], result, pending.output, refusal);
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
  print(parts_.output.ended(event));
}

} // namespace winnow::client
