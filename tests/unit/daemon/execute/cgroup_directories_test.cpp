// Tests of finding cgroups: texts of v1, v2, both, and containers; and this machine.
#include "daemon/execute/cgroup_directories.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>

using namespace winnow;
using namespace winnow::execute;
using Directories = std::vector<std::string>;

namespace {

const std::string v2_mount =
    "23 28 0:21 / /proc rw,nosuid shared:13 - proc proc rw\n"
    "30 24 0:26 / /sys/fs/cgroup rw,nosuid,nodev shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";

const std::string v1_mounts =
    "31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755\n"
    "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
    "33 31 0:30 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n"
    "35 31 0:32 / /sys/fs/cgroup/memory rw master:9 propagate_from:2 - cgroup cgroup rw,memory\n";

} // namespace

BOOST_AUTO_TEST_SUITE(cgroup_directories)

BOOST_AUTO_TEST_CASE(v2_has_one_hierarchy)
{
  const auto found = find_cgroups("0::/user.slice/user-1000.slice/session-3.scope\n", v2_mount);
  const Directories expected = {"/sys/fs/cgroup/user.slice/user-1000.slice/session-3.scope",
                                "/sys/fs/cgroup/user.slice/user-1000.slice",
                                "/sys/fs/cgroup/user.slice", "/sys/fs/cgroup"};
  BOOST_TEST(found.unified == expected, boost::test_tools::per_element());
  BOOST_TEST(found.cpu.empty());
  BOOST_TEST(found.memory.empty());
}

BOOST_AUTO_TEST_CASE(v1_has_one_for_each_controller)
{
  const auto found =
      find_cgroups("6:cpu,cpuacct:/ci\n5:cpuset:/other\n4:memory:/ci/job\n", v1_mounts);
  const Directories cpu = {"/sys/fs/cgroup/cpu,cpuacct/ci", "/sys/fs/cgroup/cpu,cpuacct"};
  const Directories memory = {"/sys/fs/cgroup/memory/ci/job", "/sys/fs/cgroup/memory/ci",
                              "/sys/fs/cgroup/memory"};
  BOOST_TEST(found.cpu == cpu, boost::test_tools::per_element());
  BOOST_TEST(found.memory == memory, boost::test_tools::per_element());
  BOOST_TEST(found.unified.empty());
}

BOOST_AUTO_TEST_CASE(both_may_be_there)
{
  const auto found = find_cgroups(
      "4:memory:/m\n1:name=systemd:/s\n0::/u\n",
      v1_mounts + "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
                  "40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd\n");
  BOOST_TEST(found.cpu.empty());
  BOOST_TEST(found.memory.front() == "/sys/fs/cgroup/memory/m");
  BOOST_TEST(found.unified.front() == "/sys/fs/cgroup/unified/u");
}

BOOST_AUTO_TEST_CASE(a_container_sees_its_group_as_the_root)
{
  const auto own_names = find_cgroups("0::/\n", v2_mount);
  BOOST_TEST(own_names.unified == Directories{"/sys/fs/cgroup"}, boost::test_tools::per_element());
  const std::string mounted =
      "35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n";
  const auto the_hosts_names = find_cgroups("4:memory:/docker/abc/sub\n", mounted);
  const Directories expected = {"/sys/fs/cgroup/memory/sub", "/sys/fs/cgroup/memory"};
  BOOST_TEST(the_hosts_names.memory == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_mounted_is_taken_where_the_group_is_elsewhere)
{
  const std::string mounted =
      "35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n";
  for (const char* path : {"/docker/abcd", "/kubepods/pod1", "/"}) {
    BOOST_TEST_CONTEXT(path)
    {
      const auto found = find_cgroups("4:memory:" + std::string(path) + "\n", mounted);
      BOOST_TEST(found.memory == Directories{"/sys/fs/cgroup/memory"},
                 boost::test_tools::per_element());
    }
  }
  const auto outside = find_cgroups("0::/../outside\n", v2_mount);
  BOOST_TEST(outside.unified == Directories{"/sys/fs/cgroup"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_several_mounts_the_one_with_the_group_counts)
{
  const auto found =
      find_cgroups("0::/a/b\n", "30 24 0:26 /other /mnt/other rw - cgroup2 cgroup2 rw\n"
                                "31 24 0:26 /a /mnt/with\\040blank\\134 rw - cgroup2 cgroup2 rw\n");
  const Directories expected = {"/mnt/with blank\\/b", "/mnt/with blank\\"};
  BOOST_TEST(found.unified == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(colons_and_damaged_lines_do_no_harm)
{
  BOOST_TEST(find_cgroups("0::/a:b\n", v2_mount).unified.front() == "/sys/fs/cgroup/a:b");
  BOOST_TEST(find_cgroups("nothing\n0:\n::\n", v2_mount).memory.empty());
  BOOST_TEST(find_cgroups("0::/a\n", "30 24 - cgroup2\n - cgroup2\n30\n").unified.empty());
  BOOST_TEST(find_cgroups("", v2_mount).unified.empty());
  BOOST_TEST(find_cgroups("0::/a\n", "").unified.empty());
}

BOOST_AUTO_TEST_CASE(those_of_this_process_are_there)
{
  const CgroupDirectories own = own_cgroups();
  for (const auto& directories : {own.cpu, own.memory, own.unified}) {
    for (const std::string& directory : directories) {
      BOOST_TEST(std::filesystem::is_directory(directory), directory);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
