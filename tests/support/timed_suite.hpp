// A suite written by hand, and its plan as text.
#pragma once

#include "analyzer/model/history.hpp"
#include "analyzer/model/plan.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace winnow::tests {

/// Tests and what they took, written down together.
struct TimedSuite {
  std::vector<TestDescription> tests;
  History history;

  TestDescription& add(const std::string& name, double seconds)
  {
    TestDescription& test = tests.emplace_back();
    test.key = {"", name};
    test.command = {"/build/" + name};
    history[test.key] = {.duration_us = static_cast<std::int64_t>(seconds * 1e6),
                         .cpu_us = static_cast<std::int64_t>(seconds * 1e6),
                         .attempts = 1};
    return test;
  }
};

inline constexpr schedule::Capacity one_cpu{.cpu_milli = 1000};

/// "a b | c": the names in each chunk, in the order of the plan.
inline std::string shown(const Plan& plan)
{
  std::string text;
  for (const Chunk& chunk : plan.chunks) {
    text += text.empty() ? "" : " |";
    for (const TestKey& test : chunk.tests) {
      text += (text.empty() ? "" : " ") + test.name;
    }
  }
  return text;
}

} // namespace winnow::tests
