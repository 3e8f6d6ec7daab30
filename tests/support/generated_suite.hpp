// A suite by a seed, with all that keeps tests together or apart, and how it is to be cut.
#pragma once

#include "analyzer/split/split.hpp"
#include "tests/support/dice.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace winnow::tests {

struct GeneratedSuite {
  std::vector<TestDescription> tests; ///< no name repeats
  History history;
  split::SplitOptions options;
  split::TestBuilds builds;
};

inline std::uint32_t number_between(Dice& dice, std::uint32_t least, std::uint32_t most)
{
  return static_cast<std::uint32_t>(dice.between(least, most));
}

inline std::string fixture_name(Dice& dice)
{
  return "fixture" + std::to_string(dice.between(0, 4));
}

/// Setups first, cleanups last, and DEPENDS backwards: nothing can close a circle.
inline void add_order(Dice& dice, std::int64_t index, std::int64_t count,
                      TestProperties& properties)
{
  if (index > 0 && dice.one_in(10)) {
    properties.depends = {"t" + std::to_string(dice.between(0, index - 1))};
  }
  if (index < 5 && index + 5 < count && dice.one_in(2)) {
    properties.fixtures_setup = {"fixture" + std::to_string(index)};
  } else if (index >= 5 && index + 5 >= count) {
    properties.fixtures_cleanup = {fixture_name(dice)};
  } else if (index >= 5 && dice.one_in(5)) {
    properties.fixtures_required = {fixture_name(dice)};
    if (dice.one_in(4)) {
      properties.fixtures_required.push_back(fixture_name(dice));
    }
  }
}

inline void add_resources(Dice& dice, TestDescription& test)
{
  TestProperties& properties = test.properties.edit();
  if (dice.one_in(20)) {
    properties.resource_locks = {"lock" + std::to_string(dice.between(0, 1))};
    if (dice.one_in(4)) {
      properties.resource_locks.emplace_back("machine:lock");
    }
  }
  properties.run_serial = dice.one_in(40);
  properties.disabled = dice.one_in(40);
  properties.processors = dice.one_in(15) ? number_between(dice, 2, 6) : 1;
  if (dice.one_in(15)) {
    test.stated.pools = {{"pool", number_between(dice, 1, 4)}};
  }
  if (dice.one_in(25)) {
    test.stated.memory_bytes = std::uint64_t{number_between(dice, 1, 6)} << 30;
  }
}

inline split::Cut generated_cut(Dice& dice)
{
  switch (dice.between(0, 2)) {
  case 0:
    return split::ChunkCount{number_between(dice, 1, 20)};
  case 1:
    return split::MaxTests{number_between(dice, 1, 40)};
  default:
    const double seconds = 0.5 * number_between(dice, 1, 40);
    return split::TargetTime{seconds, dice.one_in(2) ? seconds / 4 : 0};
  }
}

/// Programs made of libraries; each test needs one of them.
inline void add_builds(Dice& dice, GeneratedSuite& suite)
{
  const std::uint32_t libraries = number_between(dice, 1, 5);
  const std::uint32_t programs = number_between(dice, 1, 40);
  std::vector<std::vector<std::uint32_t>> made_of(programs);
  for (std::uint32_t part = 0; part < libraries + programs; ++part) {
    suite.builds.needs.part_us.push_back(dice.between(1, part < libraries ? 20'000 : 2'000) * 1000);
  }
  for (std::uint32_t program = 0; program < programs; ++program) {
    for (std::uint32_t library = 0; library < libraries; ++library) {
      if (dice.one_in(2)) {
        made_of[program].push_back(library);
      }
    }
    made_of[program].push_back(libraries + program);
  }
  for (const TestDescription& test : suite.tests) {
    if (!dice.one_in(20)) { // else nothing is known of it
      suite.builds.needs.parts_of[test.key] = made_of[number_between(dice, 0, programs - 1)];
    }
  }
  suite.options.build_time =
      dice.one_in(2) ? split::BuildTime::counted : split::BuildTime::left_out;
}

inline GeneratedSuite generated_suite(std::uint32_t seed)
{
  Dice dice(seed);
  GeneratedSuite suite;
  const std::int64_t count = dice.between(1, 150);
  for (std::int64_t index = 0; index < count; ++index) {
    TestDescription& test = suite.tests.emplace_back();
    test.key = {"d" + std::to_string(dice.between(0, 3)), "t" + std::to_string(index)};
    add_order(dice, index, count, test.properties.edit());
    add_resources(dice, test);
    if (!dice.one_in(5)) {
      suite.history[test.key] = {.duration_us = dice.between(1, 1000) * 1000, .attempts = 1};
    }
  }
  suite.options.machine.cpu_milli = number_between(dice, 1, 4) * 1000;
  suite.options.machine.memory_bytes = dice.one_in(2) ? 0 : std::uint64_t{8} << 30;
  suite.options.pools = {{"pool", number_between(dice, 1, 3)}};
  suite.options.cut = generated_cut(dice);
  if (dice.one_in(2)) {
    add_builds(dice, suite);
  }
  return suite;
}

} // namespace winnow::tests
