// Tests of telling pressure: texts, files of groups, a real limit, and this machine.
#include "daemon/execute/cgroup_memory.hpp"
#include "daemon/execute/memory_pressure.hpp"
#include "tests/support/cgroup.hpp"
#include "tests/support/cgroup_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>

using namespace winnow;
using namespace winnow::execute;

namespace {

constexpr std::uint64_t megabyte = 1 << 20;

const char* const pressure_text = "some avg10=80.59 avg60=75.61 avg300=61.53 total=20532487977\n"
                                  "full avg10=0.25 avg60=0.00 avg300=0.00 total=12\n";

} // namespace

BOOST_FIXTURE_TEST_SUITE(memory_pressures, tests::CgroupFixture)

BOOST_AUTO_TEST_CASE(both_lines_are_read)
{
  const PressureStall stall = parse_pressure(pressure_text).value();
  BOOST_TEST(stall.some.value().avg10 == 80.59);
  BOOST_TEST(stall.some.value().total_us == 20532487977U);
  BOOST_TEST(stall.full.value().avg10 == 0.25);
  BOOST_TEST(stall.full.value().total_us == 12U);
}

BOOST_AUTO_TEST_CASE(a_line_may_be_missing_or_damaged)
{
  const auto some = parse_pressure("some avg10=1.00 avg60=0.00 avg300=0.00 total=5\n");
  BOOST_TEST(some.value().some.has_value());
  BOOST_TEST(!some.value().full.has_value());
  for (const char* text : {"", "\n", "some", "some avg10=x avg60=0 avg300=0 total=5",
                           "some avg10=1 avg60=0 avg300=0 total=-5", "some avg10=nan a b total=5",
                           "some avg10=-1 a b total=5", "all avg10=1 avg60=0 avg300=0 total=5"}) {
    BOOST_TEST_CONTEXT(text)
    {
      BOOST_TEST(!parse_pressure(text).has_value());
    }
  }
}

BOOST_AUTO_TEST_CASE(whom_the_kernel_killed_is_counted_by_the_group_or_else_by_the_machine)
{
  CgroupDirectories groups;
  BOOST_TEST(oom_kills(groups).has_value()); // in /proc/vmstat, since Linux 4.13
  groups.unified = {group("v2", {{"memory.events", "oom 9\noom_kill 3\noom_group_kill 0\n"}})};
  BOOST_TEST(oom_kills(groups).value() == 3U);
  groups.memory = {group("old", {{"memory.oom_control", "oom_kill_disable 0\nunder_oom 0\n"}})};
  BOOST_TEST(oom_kills(groups).value() == 3U); // v1 has counted since 4.13, too
  groups.memory = {group("v1", {{"memory.oom_control", "under_oom 0\noom_kill 7\n"}})};
  BOOST_TEST(oom_kills(groups).value() == 7U);
}

BOOST_AUTO_TEST_CASE(file_cache_is_reclaimable)
{
  BOOST_TEST(reclaimable_bytes("anon 900\nfile 800\ninactive_file 100\nactive_file 20\n"
                               "slab_reclaimable 3\n") == 123U);
  BOOST_TEST(reclaimable_bytes("inactive_file 1\nactive_file 1\nhierarchical_memory_limit 5\n"
                               "total_inactive_file 40\ntotal_active_file 2\n") == 42U);
  BOOST_TEST(reclaimable_bytes("") == 0U);
}

BOOST_AUTO_TEST_CASE(what_is_left_is_the_least_of_all_levels)
{
  const std::string inner = group("a/b", {{"memory.max", "1000\n"},
                                          {"memory.current", "900\n"},
                                          {"memory.stat", "inactive_file 300\n"}});
  const std::string outer = group("a", {{"memory.max", "5000\n"},
                                        {"memory.current", "4900\n"},
                                        {"memory.stat", "inactive_file 50\n"}});
  BOOST_TEST(memory_below_limit({{}, {}, {inner}}).value() == 400U);
  BOOST_TEST(memory_below_limit({{}, {}, {inner, outer}}).value() == 150U);
  BOOST_TEST(!memory_below_limit({{}, {}, {scratch / "absent"}}).has_value());
}

BOOST_AUTO_TEST_CASE(usage_above_a_limit_leaves_nothing)
{
  const std::string lowered = group("g", {{"memory.high", "100\n"}, {"memory.current", "900\n"}});
  BOOST_TEST(memory_below_limit({{}, {}, {lowered}}).value() == 0U);
}

BOOST_AUTO_TEST_CASE(the_lesser_of_machine_and_group_is_free)
{
  MemoryPressure pressure;
  BOOST_TEST(!pressure.free_bytes().has_value());
  pressure.below_limit_bytes = 7;
  BOOST_TEST(pressure.free_bytes().value() == 7U);
  pressure.available_bytes = 5;
  BOOST_TEST(pressure.free_bytes().value() == 5U);
  pressure.below_limit_bytes.reset();
  BOOST_TEST(pressure.free_bytes().value() == 5U);
}

BOOST_AUTO_TEST_CASE(a_groups_own_pressure_is_told)
{
  const std::string own = group("own", {{"memory.pressure", pressure_text}});
  const MemoryPressure pressure = memory_pressure({{}, {}, {own, scratch.path()}});
  BOOST_TEST(pressure.group_memory.value().some.value().avg10 == 80.59);
  BOOST_TEST(!pressure.group_cpu.has_value());
}

BOOST_AUTO_TEST_CASE(this_machine_tells)
{
  const MemoryPressure pressure = memory_pressure(own_cgroups());
  BOOST_TEST(pressure.available_bytes.value() > megabyte);
  BOOST_TEST(pressure.free_swap_bytes <= pressure.swap_bytes);
  BOOST_TEST(pressure.memory.has_value() == (::access("/proc/pressure/memory", R_OK) == 0));
}

BOOST_AUTO_TEST_CASE(a_real_limit_leaves_no_more_than_itself)
{
  const tests::Cgroup memory(own_cgroups().memory);
  if (!memory.set("memory.limit_in_bytes", "67108864")) {
    BOOST_TEST_MESSAGE("no v1 cgroup can be made here");
    return;
  }
  const pid_t member = memory.start_member();
  BOOST_REQUIRE(member != 0);
  const MemoryPressure pressure = memory_pressure(cgroups_of(member));
  BOOST_TEST(pressure.below_limit_bytes.value() <= 64 * megabyte);
  BOOST_TEST(pressure.below_limit_bytes.value() > 32 * megabyte);
  BOOST_TEST(pressure.free_bytes().value() <= 64 * megabyte);
}

BOOST_AUTO_TEST_CASE(a_real_v2_group_has_a_pressure_of_its_own)
{
  const tests::Cgroup group(own_cgroups().unified);
  if (group.path().empty() || ::access((group.path() + "/memory.pressure").c_str(), R_OK) != 0) {
    BOOST_TEST_MESSAGE("no v2 cgroup can be made here");
    return;
  }
  const pid_t member = group.start_member();
  BOOST_REQUIRE(member != 0);
  const MemoryPressure pressure = memory_pressure(cgroups_of(member));
  BOOST_TEST(pressure.group_memory.value().some.value().total_us == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
