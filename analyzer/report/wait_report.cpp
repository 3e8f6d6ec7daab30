// Puts causes into phrases.
#include "analyzer/report/wait_report.hpp"

#include "analyzer/report/quantity_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace winnow::report {
namespace {

std::string time_text(std::int64_t us)
{
  return seconds_text(static_cast<double>(us) / 1e6);
}

/// After "for".
std::string cause_text(WaitCause cause, const std::string& name)
{
  switch (cause) {
  case WaitCause::nothing:
    break;
  case WaitCause::predecessor:
    return "tests before them";
  case WaitCause::turn:
    return "their turn";
  case WaitCause::pause:
    return "the pause before another attempt";
  case WaitCause::lock:
    return name.empty() ? "a lock" : "lock " + name;
  case WaitCause::load_limit:
    return "a lower load";
  case WaitCause::job_limit:
    return "the limit of -j";
  case WaitCause::slots:
    return name.empty() ? "slots of a resource" : "slots of " + name;
  case WaitCause::serial_test:
    return "a test that runs alone";
  case WaitCause::empty_machine:
    return "all others to end";
  case WaitCause::cpu:
    return "cpu";
  case WaitCause::memory:
    return "memory";
  case WaitCause::free_memory:
    return "memory that others use";
  case WaitCause::reservation:
    return "room promised to another";
  case WaitCause::permit:
    return "make's job server";
  }
  return "nothing";
}

/// What stands behind a cause in brackets of the test it is about.
std::string test_text(WaitCause cause, const std::string& test, std::string_view has)
{
  if (test.empty()) {
    return "";
  }
  return cause == WaitCause::lock ? fmt::format(" ({} {})", test, has) : fmt::format(" ({})", test);
}

std::string path_text(const RunBound& bound)
{
  std::string text;
  for (const std::string& test : bound.tests) {
    text += (text.empty() ? "" : " -> ") + test;
  }
  const std::size_t more = bound.path_length - bound.tests.size();
  return more == 0 ? text : fmt::format("{} -> {} more", text, more);
}

std::string bound_cause(const RunBound& bound)
{
  switch (bound.by) {
  case BoundBy::longest_path:
    return bound.path_length == 1 ? "the longest test is " + path_text(bound)
                                  : "one after another run " + path_text(bound);
  case BoundBy::cpu:
    return "that is the work of the cpus";
  case BoundBy::waiting:
    return "that is for tests that wait, of which only so many run at once";
  case BoundBy::memory:
    return "that is what memory allows at once";
  case BoundBy::job_limit:
    return "that is what -j allows at once";
  case BoundBy::serial:
    return "tests that run alone take that, with the longest lock of the others";
  case BoundBy::lock:
    return fmt::format("one after another run the tests of lock {} and those that run alone",
                       bound.lock);
  case BoundBy::resource:
    return fmt::format("that is what there is of the resource {} allows at once", bound.lock);
  }
  return "";
}

/// What kept the run from its bound.
std::string idle_text(const RunFinished& end, std::uint32_t slots)
{
  std::int64_t all_us = 0;
  for (const IdleTime& idle : end.idle) {
    all_us += idle.cpu_us;
  }
  const double share =
      static_cast<double>(all_us) / (static_cast<double>(end.duration_us) * std::max(slots, 1U));
  if (end.idle.empty() || share < 0.01) {
    return "";
  }
  const WaitCause most = end.idle.front().cause;
  const std::string when = most == WaitCause::nothing
                               ? "with no test left to start"
                               : "while tests waited for " + cause_text(most, "");
  return fmt::format("; the cpus were idle for {:.0f} %, mostly {}", std::min(share, 1.0) * 100,
                     when);
}

} // namespace

std::string waiting_text(const std::vector<WaitingTests>& groups)
{
  std::string text;
  for (const WaitingTests& group : groups) {
    text += fmt::format("{}{} for {}{}", text.empty() ? "" : ", ", group.count,
                        cause_text(group.cause, group.name),
                        test_text(group.cause, group.test, "has it"));
  }
  return text;
}

std::string waits_text(const TestResult& result)
{
  if (result.waited_for == WaitCause::nothing) {
    return "";
  }
  if (result.waits->empty()) {
    return fmt::format("{} for {}", time_text(result.waited_us), cause_text(result.waited_for, ""));
  }
  std::string text;
  for (const WaitPart& part : *result.waits) {
    text += fmt::format("{}{} for {}{}", text.empty() ? "" : ", ", time_text(part.us),
                        cause_text(part.cause, part.name),
                        test_text(part.cause, part.test, "had it last"));
  }
  return text;
}

std::string bound_text(const RunFinished& end, std::uint32_t slots)
{
  if (!end.bound || end.lower_bound_us <= 0) {
    return "";
  }
  std::string text = fmt::format("no order takes less than {}: {}", time_text(end.lower_bound_us),
                                 bound_cause(*end.bound));
  const std::int64_t more_us = end.duration_us - end.lower_bound_us;
  if (more_us * 50 > end.lower_bound_us) { // two in a hundred
    text += fmt::format("; it took {} more{}", time_text(more_us), idle_text(end, slots));
  }
  return text;
}

} // namespace winnow::report
