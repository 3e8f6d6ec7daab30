// What readings of a machine amount to: free memory, stalls, cpus that are short.
#include "analyzer/schedule/pressure_gauge.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <ostream>
#include <vector>

using namespace winnow::schedule;

namespace winnow::schedule {

std::ostream& operator<<(std::ostream& out, Pressure pressure)
{
  return out << (pressure == Pressure::none        ? "none"
                 : pressure == Pressure::of_cpu    ? "of cpu"
                 : pressure == Pressure::of_memory ? "of memory"
                                                   : "ends one");
}

} // namespace winnow::schedule

namespace {

constexpr std::int64_t ms = 1000;

/// A machine of 1600 bytes and 2 cpus, that is read every tenth of a second.
struct Machine {
  Pressure free(std::uint64_t bytes)
  {
    now.free_bytes = bytes;
    return read();
  }

  /// After half a second in which tasks were held up for so much of the time.
  Pressure stalled(int some_percent, int full_percent)
  {
    now.at_us += 400 * ms;
    *now.memory_some_us += static_cast<std::uint64_t>(some_percent * 5 * ms);
    *now.memory_full_us += static_cast<std::uint64_t>(full_percent * 5 * ms);
    return read();
  }

  Pressure read()
  {
    now.at_us += 100 * ms;
    return gauge.read(now);
  }

  PressureGauge gauge;
  MachineReading now{.at_us = 0,
                     .memory_bytes = 1600,
                     .free_bytes = 1600,
                     .memory_some_us = 0,
                     .memory_full_us = 0,
                     .cpu_some_us = 0,
                     .cpus = 2};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(pressure_gauges, Machine)

BOOST_AUTO_TEST_CASE(plenty_of_memory_is_no_pressure)
{
  BOOST_TEST(free(900) == Pressure::none);
  BOOST_TEST(!gauge.is_near());
  BOOST_TEST(free(390) == Pressure::none);
  BOOST_TEST(gauge.is_near());
  free(80);
  BOOST_TEST(free(60) == Pressure::none); // others may have some of what is kept free
}

BOOST_AUTO_TEST_CASE(one_ends_while_use_grows_into_what_is_kept_free)
{
  free(80);
  BOOST_TEST(free(45) == Pressure::ends_one);
  BOOST_TEST(free(45) == Pressure::of_memory); // it has stopped growing
  BOOST_TEST(free(40) == Pressure::ends_one);
}

BOOST_AUTO_TEST_CASE(next_to_nothing_left_ends_one_whether_it_grows_or_not)
{
  free(200);
  BOOST_TEST(free(20) == Pressure::ends_one);
  BOOST_TEST(free(20) == Pressure::ends_one);
}

BOOST_AUTO_TEST_CASE(one_ends_before_nothing_is_left_at_the_pace_of_use)
{
  free(300);
  BOOST_TEST(free(101) == Pressure::none);
  BOOST_TEST(free(95) == Pressure::none); // for a while yet
  free(200);
  BOOST_TEST(free(95) == Pressure::ends_one);
}

BOOST_AUTO_TEST_CASE(what_was_short_has_to_be_well_above_it_again)
{
  free(200);
  free(45);
  BOOST_TEST(free(70) == Pressure::of_memory);
  BOOST_TEST(free(99) == Pressure::of_memory);
  BOOST_TEST(free(100) == Pressure::none);
  BOOST_TEST(free(70) == Pressure::none);
}

BOOST_AUTO_TEST_CASE(a_machine_that_tells_nothing_is_short_of_nothing)
{
  PressureGauge silent;
  for (std::int64_t at_us = 0; at_us < 5000 * ms; at_us += 500 * ms) {
    MachineReading nothing;
    nothing.at_us = at_us;
    BOOST_TEST(silent.read(nothing) == Pressure::none);
  }
  BOOST_TEST(!silent.is_near());
}

BOOST_AUTO_TEST_CASE(stalls_stop_starts_until_they_are_rare)
{
  now.stalls_are_ours = true;
  read();
  BOOST_TEST(stalled(8, 0) == Pressure::none);
  BOOST_TEST(stalled(12, 0) == Pressure::of_memory);
  BOOST_TEST(stalled(8, 0) == Pressure::of_memory);
  BOOST_TEST(stalled(4, 0) == Pressure::none);
}

BOOST_AUTO_TEST_CASE(standing_still_for_a_second_ends_one)
{
  now.stalls_are_ours = true;
  read();
  BOOST_TEST(stalled(30, 25) == Pressure::of_memory);
  BOOST_TEST(stalled(30, 25) == Pressure::ends_one);
  BOOST_TEST(read() == Pressure::of_memory); // not two for one
  BOOST_TEST(stalled(30, 25) == Pressure::of_memory);
  BOOST_TEST(stalled(30, 10) == Pressure::of_memory);
  BOOST_TEST(stalled(30, 25) == Pressure::of_memory);
}

BOOST_AUTO_TEST_CASE(stalls_of_the_machine_count_only_where_its_memory_is_scarce)
{
  read();
  for (int times = 0; times < 4; ++times) {
    BOOST_TEST(stalled(90, 90) == Pressure::none);
  }
  now.free_bytes = 250;
  stalled(90, 90);
  BOOST_TEST(stalled(90, 90) == Pressure::ends_one);
}

BOOST_AUTO_TEST_CASE(totals_that_begin_anew_are_no_stalls)
{
  now.stalls_are_ours = true;
  now.memory_some_us = 1'000'000'000;
  read();
  now.memory_some_us = 0;
  now.memory_full_us = 0;
  BOOST_TEST(stalled(0, 0) == Pressure::none);
}

BOOST_AUTO_TEST_CASE(cpus_are_short_where_tests_have_many_processes_each)
{
  struct Case {
    std::uint32_t tests;
    std::uint32_t processes;
    Pressure pressure;
  };

  for (const Case& row : std::vector<Case>{{2, 7, Pressure::none},
                                           {2, 8, Pressure::of_cpu},
                                           {16, 16, Pressure::none}, // as -j16 wanted
                                           {16, 63, Pressure::none},
                                           {16, 64, Pressure::of_cpu}}) {
    BOOST_TEST_CONTEXT(row.tests << " tests, " << row.processes << " processes")
    {
      Machine machine;
      machine.now.running_tests = row.tests;
      machine.now.ready_processes = row.processes;
      machine.read();
      *machine.now.cpu_some_us += 480 * ms;
      BOOST_TEST(machine.stalled(0, 0) == row.pressure);
      machine.stalled(0, 0); // nobody waits for a cpu any more
      BOOST_TEST(machine.read() == Pressure::none);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
