// Tests of reading /proc: texts as kernels write them, and files that go or change their owner.
#include "daemon/execute/proc_files.hpp"
#include "daemon/execute/process_usage.hpp"
#include "tests/support/forked_child.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <algorithm>
#include <fstream>

using namespace winnow;
using namespace winnow::execute;
using tests::ForkedChild;

namespace {

const char* const stat_text =
    "42 (a) b (c) S 7 42 41 0 -1 4194368 1234 10 0 0 150 25 3000 125 20 0 9 0 123456 "
    "2703360 300 18446744073709551615 94000 94100 140723000000000 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 "
    "0\n";

void idle(const tests::ChildSide&)
{
  for (;;) {
    ::pause();
  }
}

bool may_choose_pids()
{
  return ::access("/proc/sys/kernel/ns_last_pid", W_OK) == 0;
}

/// Nothing if others were always faster.
std::unique_ptr<ForkedChild> child_with_pid(pid_t pid)
{
  for (int attempt = 0; attempt < 1000; ++attempt) {
    std::ofstream("/proc/sys/kernel/ns_last_pid") << pid - 1;
    auto child = std::make_unique<ForkedChild>(idle);
    if (child->pid() == pid) {
      return child;
    }
  }
  return nullptr;
}

} // namespace

BOOST_AUTO_TEST_SUITE(proc_files)

BOOST_AUTO_TEST_CASE(a_stat_is_read_whatever_the_name_is)
{
  const ProcessStat stat = parse_process_stat(stat_text).value();
  BOOST_TEST(stat.state == 'S');
  BOOST_TEST(stat.parent == 7);
  BOOST_TEST(stat.group == 42);
  BOOST_TEST(stat.session == 41);
  BOOST_TEST(stat.forked_without_exec);
  BOOST_TEST(stat.minor_faults == 1234U);
  BOOST_TEST(stat.own_ticks == 175U);
  BOOST_TEST(stat.reaped_ticks == 3125U);
  BOOST_TEST(stat.threads == 9U);
  BOOST_TEST(stat.started_ticks == 123456U);
  BOOST_TEST(stat.stack_start == 140723000000000U);
  BOOST_TEST(stat.lives());
}

BOOST_AUTO_TEST_CASE(what_is_no_stat_is_none)
{
  const std::string text = stat_text;
  const std::string cases[] = {
      "",
      "42",
      "42 (a)",
      "42 (a) S",
      text.substr(0, text.find(" 123456")),
      "42 (a) SS 7 42 41 0 -1 4194368 1234 10 0 0 150 25 3000 125 20 0 9 0 123456 1 1",
      "42 (a) S x 42 41 0 -1 4194368 1234 10 0 0 150 25 3000 125 20 0 9 0 123456 1 1",
      "42 (a) S 7 42 41 0 -1 4194368 1234 10 0 0 150 -25 3000 125 20 0 9 0 123456 1 1"};
  for (const std::string& row : cases) {
    BOOST_TEST_CONTEXT(row)
    {
      BOOST_TEST(!parse_process_stat(row).has_value());
    }
  }
}

BOOST_AUTO_TEST_CASE(resident_pages_are_told_apart)
{
  const ResidentPages pages = parse_statm("5000 1200 900 10 0 300 0\n").value();
  BOOST_TEST(pages.all == 1200U);
  BOOST_TEST(pages.files == 900U);
  BOOST_TEST(parse_statm("5000 1200 1300 1 0 1 0").value().files ==
             1200U); // not read at one moment
  BOOST_TEST(!parse_statm("5000 1200").has_value());
}

BOOST_AUTO_TEST_CASE(a_run_delay_is_the_second_number)
{
  BOOST_TEST(parse_run_delay("123 456 7\n").value() == 456U);
  BOOST_TEST(!parse_run_delay("123").has_value());
  BOOST_TEST(!parse_run_delay("").has_value());
}

BOOST_AUTO_TEST_CASE(values_are_found_by_their_whole_key)
{
  const char* const text =
      "MemTotal:       24683652 kB\nRssShmem:\t  12 kB\nShmem: 7 kB\nOdd: x kB\n";
  BOOST_TEST(bytes_of_key(text, "MemTotal").value() == 24683652ULL * 1024);
  BOOST_TEST(bytes_of_key(text, "RssShmem").value() == 12U * 1024);
  BOOST_TEST(bytes_of_key(text, "Shmem").value() == 7U * 1024);
  BOOST_TEST(!bytes_of_key(text, "Mem").has_value());
  BOOST_TEST(!bytes_of_key(text, "Odd").has_value());
  BOOST_TEST(!bytes_of_key("Big: 18446744073709551615 kB", "Big").has_value());
}

BOOST_AUTO_TEST_CASE(a_list_has_this_process_and_only_numbers)
{
  const std::vector<pid_t> all = all_processes();
  BOOST_TEST(std::ranges::is_sorted(all));
  BOOST_TEST(std::ranges::binary_search(all, ::getpid()));
  BOOST_TEST(std::ranges::all_of(all, [](pid_t pid) { return pid > 0; }));
  BOOST_TEST(numbers_in("/nowhere").empty());
}

BOOST_AUTO_TEST_CASE(a_long_list_is_read_to_its_end)
{
  const tests::ScratchDirectory scratch;
  for (int number = 1000; number < 4000; ++number) {
    std::ofstream(scratch / std::to_string(number)).put('x');
  }
  std::ofstream(scratch / "12x").put('x');
  const std::vector<pid_t> numbers = numbers_in(scratch.path());
  BOOST_TEST(numbers.size() == 3000U);
  BOOST_TEST(numbers.front() == 1000);
  BOOST_TEST(numbers.back() == 3999);
}

BOOST_AUTO_TEST_CASE(no_more_than_the_limit_is_read)
{
  const tests::ScratchDirectory scratch;
  std::ofstream(scratch / "file") << std::string(10000, 'x');
  BOOST_TEST(start_of_file(scratch / "file", 6000).size() == 6000U);
  BOOST_TEST(start_of_file(scratch / "file", 20000).size() == 10000U);
  BOOST_TEST(start_of_file(scratch / "absent", 10).empty());
}

BOOST_DATA_TEST_CASE(a_process_that_is_gone_is_not_read, boost::unit_test::data::make({0, 4}),
                     limit)
{
  KeptFiles kept{static_cast<std::size_t>(limit)};
  ForkedChild child(idle);
  ProcessUsage usage(child.pid(), kept);
  BOOST_TEST(usage.look());
  BOOST_TEST(usage.read_memory().has_value());
  child.end();
  BOOST_TEST(!usage.look());
  BOOST_TEST(!usage.read_memory().has_value());
}

BOOST_AUTO_TEST_CASE(hidden_and_absent_files_say_nothing)
{
  KeptFiles kept{4};
  ProcessUsage nobody(0, kept);
  BOOST_TEST(!nobody.look());
  BOOST_TEST(!nobody.take_run_delay_ns().has_value());
  BOOST_TEST(kept.open == 0U);
}

BOOST_DATA_TEST_CASE(a_process_that_got_its_number_is_not_taken_for_it,
                     boost::unit_test::data::make({0, 4}), limit)
{
  if (!may_choose_pids()) {
    BOOST_TEST_MESSAGE("numbers of processes cannot be chosen here");
    return;
  }
  KeptFiles kept{static_cast<std::size_t>(limit)};
  ForkedChild first(idle);
  const pid_t pid = first.pid();
  ProcessUsage usage(pid, kept);
  BOOST_TEST(usage.look());
  const std::uint64_t started = usage.stat().started_ticks;
  first.end();
  // Whoever starts within the same hundredth of a second cannot be told from it.
  tests::eventually([&] {
    const ForkedChild clock(idle);
    return stat_of(clock.pid()).value().started_ticks > started;
  });
  const std::unique_ptr<ForkedChild> second = child_with_pid(pid);
  if (second) {
    BOOST_TEST(stat_of(pid).has_value());
    BOOST_TEST(!usage.look());
  }
}

BOOST_AUTO_TEST_SUITE_END()
