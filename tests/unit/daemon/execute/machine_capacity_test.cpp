// Tests of what may be used: limits as texts, as files, and as real cgroups where they can be made.
#include "daemon/execute/cgroup_memory.hpp"
#include "daemon/execute/cpu_pool.hpp"
#include "daemon/execute/machine_capacity.hpp"
#include "daemon/execute/proc_files.hpp"
#include "tests/support/cgroup.hpp"
#include "tests/support/cgroup_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <sched.h>

#include <filesystem>
#include <fstream>
#include <map>

using namespace winnow;
using namespace winnow::execute;

namespace {

constexpr std::uint64_t megabyte = 1 << 20;

struct CapacityFixture : tests::CgroupFixture {
  std::uint64_t installed() const
  {
    return bytes_of_key(start_of_file("/proc/meminfo", 8192), "MemTotal").value();
  }

  std::uint32_t milli_cpus() const
  {
    return static_cast<std::uint32_t>(allowed_cpus().size()) * 1000;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(machine_capacities, CapacityFixture)

BOOST_AUTO_TEST_CASE(a_quota_is_a_part_of_a_cpu)
{
  BOOST_TEST(parse_cpu_max("50000 100000\n").value() == 500U);
  BOOST_TEST(parse_cpu_max("250000 100000").value() == 2500U);
  BOOST_TEST(parse_cfs_quota("1000\n", "1000000\n").value() == 1U);
  for (const char* text : {"max 100000\n", "", "max", "50000", "50000 0", "-1 100000",
                           "99999999999999999999 1", "18446744073709551615 1", "x y"}) {
    BOOST_TEST_CONTEXT(text)
    {
      BOOST_TEST(!parse_cpu_max(text).has_value());
    }
  }
  BOOST_TEST(!parse_cfs_quota("-1\n", "100000\n").has_value());
}

BOOST_AUTO_TEST_CASE(memory_limits_are_bytes)
{
  BOOST_TEST(parse_memory_limit("67108864\n").value() == 64 * megabyte);
  BOOST_TEST(parse_memory_limit("0").value() == 0U);
  for (const char* text : {"max\n", "", "9223372036854771712\n", "-1", "64M"}) {
    BOOST_TEST_CONTEXT(text)
    {
      BOOST_TEST(!parse_memory_limit(text).has_value());
    }
  }
}

BOOST_AUTO_TEST_CASE(without_limits_it_is_the_machine)
{
  const MachineCapacity capacity = machine_capacity(CgroupDirectories{});
  BOOST_TEST(capacity.milli_cpus == milli_cpus());
  BOOST_TEST(capacity.memory_bytes == installed());
  const std::string none = group("none", {{"cpu.max", "max 100000\n"}, {"memory.max", "max\n"}});
  BOOST_CHECK(machine_capacity({{}, {}, {none, scratch / "absent"}}) == capacity);
}

BOOST_AUTO_TEST_CASE(the_least_of_all_levels_counts)
{
  const std::string inner = group("a/b", {{"cpu.max", "70000 100000\n"}, {"memory.max", "max\n"}});
  const std::string outer = group(
      "a",
      {{"cpu.max", "30000 100000\n"}, {"memory.max", "50000000\n"}, {"memory.high", "40000000\n"}});
  const MachineCapacity capacity = machine_capacity({{}, {}, {inner, outer}});
  BOOST_TEST(capacity.milli_cpus == 300U);
  BOOST_TEST(capacity.memory_bytes == 40'000'000U);
}

BOOST_AUTO_TEST_CASE(v1_tells_of_groups_that_are_not_seen)
{
  const std::string memory =
      group("m", {{"memory.limit_in_bytes", "9223372036854771712\n"},
                  {"memory.stat", "cache 1\nhierarchical_memory_limit 70000000\n"}});
  const std::string cpu =
      group("c", {{"cpu.cfs_quota_us", "25000"}, {"cpu.cfs_period_us", "50000"}});
  const MachineCapacity capacity = machine_capacity({{cpu}, {memory}, {}});
  BOOST_TEST(capacity.milli_cpus == 500U);
  BOOST_TEST(capacity.memory_bytes == 70'000'000U);
}

BOOST_AUTO_TEST_CASE(limits_above_the_machine_mean_nothing_and_none_is_below_a_thousandth)
{
  const std::string large =
      group("large", {{"cpu.max", "17592186044416 1\n"}, {"memory.max", "1000000000000000\n"}});
  BOOST_TEST(machine_capacity({{}, {}, {large}}).milli_cpus == milli_cpus());
  BOOST_TEST(machine_capacity({{}, {}, {large}}).memory_bytes == installed());
  const std::string tiny = group("tiny", {{"cpu.max", "1 1000000\n"}});
  BOOST_TEST(machine_capacity({{}, {}, {tiny}}).milli_cpus == 1U);
}

BOOST_AUTO_TEST_CASE(a_lost_cpu_is_noticed)
{
  cpu_set_t before;
  CPU_ZERO(&before);
  BOOST_REQUIRE(::sched_getaffinity(0, sizeof before, &before) == 0);
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(allowed_cpus().front(), &one);
  BOOST_REQUIRE(::sched_setaffinity(0, sizeof one, &one) == 0);
  BOOST_TEST(machine_capacity(CgroupDirectories{}).milli_cpus == 1000U);
  BOOST_REQUIRE(::sched_setaffinity(0, sizeof before, &before) == 0);
  BOOST_TEST(machine_capacity(CgroupDirectories{}).milli_cpus == milli_cpus());
}

BOOST_AUTO_TEST_CASE(real_groups_are_found_and_their_limits_may_change)
{
  const CgroupDirectories own = own_cgroups();
  const tests::Cgroup memory(own.memory), cpu(own.cpu);
  if (!memory.set("memory.limit_in_bytes", "67108864") || !cpu.set("cpu.cfs_quota_us", "50000")) {
    BOOST_TEST_MESSAGE("no v1 cgroups can be made here");
    return;
  }
  const pid_t member = memory.start_member();
  BOOST_REQUIRE(cpu.add(member));
  BOOST_TEST(cgroups_of(member).memory.front() == memory.path());
  BOOST_TEST(cgroups_of(member).cpu.front() == cpu.path());
  const MachineCapacity limited = machine_capacity(cgroups_of(member));
  BOOST_TEST(limited.memory_bytes == 64 * megabyte);
  BOOST_TEST(limited.milli_cpus == 500U);
  BOOST_REQUIRE(memory.set("memory.limit_in_bytes", "33554432"));
  BOOST_REQUIRE(cpu.set("cpu.cfs_quota_us", "-1"));
  const MachineCapacity changed = machine_capacity(cgroups_of(member));
  BOOST_TEST(changed.memory_bytes == 32 * megabyte);
  BOOST_TEST(changed.milli_cpus == milli_cpus());
}

BOOST_AUTO_TEST_SUITE_END()
