// Tests of what running processes use: real ones that spin, sleep, take memory, fork and move away.
#include "daemon/execute/tree_usage.hpp"
#include "tests/support/forked_child.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/mman.h>

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include <cstring>
#include <ctime>
#include <filesystem>
#include <iterator>
#include <thread>

using namespace winnow;
using namespace winnow::execute;
using tests::ChildSide;
using tests::eventually;
using tests::ForkedChild;

namespace {

constexpr std::uint64_t megabyte = 1 << 20;
constexpr std::size_t block = 64 * megabyte;

void spin(const ChildSide&)
{
  for (volatile bool on = true; on;) {
  }
}

void idle(const ChildSide&)
{
  for (;;) {
    ::pause();
  }
}

/// Uses this much cpu time.
void burn(std::chrono::milliseconds amount)
{
  timespec used{};
  do {
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  } while (std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec) < amount);
}

void stay_on_one_cpu()
{
  cpu_set_t all;
  CPU_ZERO(&all);
  ::sched_getaffinity(0, sizeof all, &all);
  int first = 0;
  while (!CPU_ISSET(first, &all)) {
    ++first;
  }
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(first, &one);
  ::sched_setaffinity(0, sizeof one, &one);
}

void* taken(std::size_t size, int kind)
{
  void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, kind | MAP_ANONYMOUS, -1, 0);
  ::madvise(memory, size, MADV_NOHUGEPAGE);
  std::memset(memory, 1, size);
  return memory;
}

std::ptrdiff_t open_files()
{
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
}

struct UsageFixture {
  TreeUsages usages;

  /// Follows it, and looks until the condition comes true of its usage.
  TreeUsage until(const ForkedChild& child, const std::function<bool(const TreeUsage&)>& condition)
  {
    usages.follow(child.pid());
    return again_until(child, condition);
  }

  TreeUsage again_until(const ForkedChild& child,
                        const std::function<bool(const TreeUsage&)>& condition)
  {
    TreeUsage usage;
    const bool came = eventually([&] {
      usages.look();
      usage = usages.of(child.pid()).value_or(TreeUsage{});
      return condition(usage);
    });
    BOOST_TEST(came);
    return usage;
  }

  TreeUsage until_processes(const ForkedChild& child, std::uint32_t count)
  {
    return until(child, [&](const TreeUsage& usage) { return usage.processes == count; });
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(tree_usage, UsageFixture)

BOOST_AUTO_TEST_CASE(a_spinner_uses_cpu_and_a_sleeper_none_in_the_same_time)
{
  const ForkedChild spinner(spin), sleeper(idle);
  const TreeUsage before =
      until(sleeper, [](const auto& u) { return u.processes == 1 && u.ready_processes == 0; });
  const TreeUsage spun = until(spinner, [](const auto& u) { return u.cpu_us > 100'000; });
  BOOST_TEST(spun.processes == 1U);
  BOOST_TEST(spun.ready_processes == 1U);
  const TreeUsage after = usages.of(sleeper.pid()).value();
  BOOST_TEST(after.cpu_us - before.cpu_us < 10'000);
  BOOST_TEST(after.ready_processes == 0U);
}

BOOST_DATA_TEST_CASE_F(UsageFixture, threads_that_share_a_cpu_wait_for_it,
                       boost::unit_test::data::make({0, 16}), kept_files)
{
  const ForkedChild child([](const ChildSide& side) {
    stay_on_one_cpu();
    for (int i = 0; i < 3; ++i) {
      std::thread([&] { spin(side); }).detach();
    }
    idle(side);
  });
  TreeUsages some(static_cast<std::size_t>(kept_files));
  some.follow(child.pid());
  TreeUsage usage;
  BOOST_TEST(eventually([&] {
    some.look();
    usage = some.of(child.pid()).value_or(TreeUsage{});
    return usage.run_delay_us.value_or(0) > 200'000 && usage.cpu_us > 50'000;
  }));
  BOOST_TEST(usage.processes == 1U);
  const auto first_thread_ns = parse_run_delay(start_of_proc_file(child.pid(), "schedstat", 128));
  BOOST_TEST(static_cast<std::int64_t>(first_thread_ns.value_or(0)) < *usage.run_delay_us * 1000);
}

BOOST_DATA_TEST_CASE_F(UsageFixture, memory_comes_and_goes_and_the_peak_stays,
                       boost::unit_test::data::make({0, 16}), kept_files)
{
  const ForkedChild child([](const ChildSide& side) {
    side.wait_for_go();
    void* memory = taken(block, MAP_PRIVATE);
    side.wait_for_go();
    ::munmap(memory, block);
    idle(side);
  });
  TreeUsages some(static_cast<std::size_t>(kept_files));
  some.follow(child.pid());
  const auto memory = [&] {
    some.look();
    return some.of(child.pid()).value().memory_bytes.value_or(0);
  };
  const std::uint64_t before = memory();
  BOOST_TEST(before > 0U);
  child.go();
  BOOST_TEST(eventually([&] { return memory() >= before + block; }));
  child.go();
  BOOST_TEST(eventually([&] { return memory() < before + block; }));
  const TreeUsage last = some.forget(child.pid());
  BOOST_TEST(last.peak_memory_bytes >= before + block);
  BOOST_TEST(last.peak_memory_bytes < before + 2 * block);
}

BOOST_AUTO_TEST_CASE(the_peak_is_that_of_all_processes_together)
{
  const ForkedChild child([](const ChildSide& side) {
    for (int i = 0; i < 3; ++i) {
      side.fork_another([&] {
        taken(block, MAP_PRIVATE);
        idle(side);
      });
    }
    idle(side);
  });
  until(child, [](const auto& u) { return u.memory_bytes.value_or(0) >= 3 * block; });
  BOOST_TEST(usages.forget(child.pid()).peak_memory_bytes >= 3 * block);
}

BOOST_AUTO_TEST_CASE(memory_that_forked_processes_share_counts_once_until_they_write_to_it)
{
  const ForkedChild child([](const ChildSide& side) {
    side.wait_for_go();
    void* memory = taken(block, MAP_PRIVATE);
    for (int i = 0; i < 4; ++i) {
      side.fork_another([&] {
        side.wait_for_go();
        std::memset(memory, 2, block);
        idle(side);
      });
    }
    idle(side);
  });
  const std::uint64_t alone = until_processes(child, 1).memory_bytes.value();
  child.go();
  const TreeUsage shared = until_processes(child, 5);
  BOOST_TEST(shared.memory_bytes.value() >= alone + block);
  BOOST_TEST(shared.memory_bytes.value() < alone + block + block / 2);
  child.go(4);
  again_until(child,
              [&](const auto& u) { return u.memory_bytes.value_or(0) >= alone + 5 * block; });
}

BOOST_AUTO_TEST_CASE(shared_memory_counts_once)
{
  ForkedChild child([](const ChildSide& side) {
    side.wait_for_go();
    void* memory = taken(block, MAP_SHARED);
    for (int i = 0; i < 3; ++i) {
      side.fork_another([&] {
        std::memset(memory, 2, block);
        side.tell(::getpid());
        idle(side);
      });
    }
    idle(side);
  });
  const std::uint64_t alone = until_processes(child, 1).memory_bytes.value();
  child.go();
  for (int i = 0; i < 3; ++i) {
    child.hear();
  }
  const TreeUsage usage = again_until(child, [](const auto& u) { return u.processes == 4; });
  BOOST_TEST(usage.memory_bytes.value() >= alone + block);
  BOOST_TEST(usage.memory_bytes.value() <
             4 * alone + 2 * block); // their faults may have been writes
}

BOOST_AUTO_TEST_CASE(the_time_of_children_that_ended_stays)
{
  const ForkedChild child([](const ChildSide& side) {
    const pid_t burner = side.fork_another([] { burn(std::chrono::milliseconds(150)); });
    ::waitpid(burner, nullptr, 0);
    idle(side);
  });
  const TreeUsage usage =
      until(child, [](const auto& u) { return u.processes == 1 && u.cpu_us >= 130'000; });
  BOOST_TEST(usage.cpu_us < 300'000);
}

BOOST_AUTO_TEST_CASE(the_time_of_children_that_nobody_waited_for_stays)
{
  const ForkedChild child([](const ChildSide& side) {
    ::signal(SIGCHLD, SIG_IGN);
    side.fork_another([&] {
      burn(std::chrono::milliseconds(150));
      side.wait_for_go();
    });
    idle(side);
  });
  const TreeUsage burnt = until(child, [](const auto& u) { return u.cpu_us >= 150'000; });
  BOOST_TEST(burnt.processes == 2U);
  child.go();
  BOOST_TEST(again_until(child, [](const auto& u) { return u.processes == 1; }).cpu_us >=
             burnt.cpu_us);
}

BOOST_AUTO_TEST_CASE(a_child_in_a_session_of_its_own_belongs_to_it_also_without_its_parent)
{
  ForkedChild child([](const ChildSide& side) {
    side.fork_another([&] {
      side.fork_another([&] {
        ::setsid();
        side.tell(::getpid());
        spin(side);
      });
      side.wait_for_go();
    });
    ::waitpid(-1, nullptr, 0);
    idle(side);
  });
  child.hear();
  const TreeUsage before = until_processes(child, 3);
  child.go();
  again_until(child,
              [&](const auto& u) { return u.processes == 2 && u.cpu_us > before.cpu_us + 50'000; });
}

BOOST_AUTO_TEST_CASE(an_orphan_in_the_session_belongs_to_it)
{
  ForkedChild child([](const ChildSide& side) {
    const pid_t parent = side.fork_another([&] {
      side.fork_another([&] {
        side.tell(::getpid());
        idle(side);
      });
    });
    ::waitpid(parent, nullptr, 0);
    side.tell(::getpid());
    idle(side);
  });
  child.hear();
  child.hear();
  until_processes(child, 2);
}

BOOST_AUTO_TEST_CASE(what_lives_on_without_its_leader_is_followed)
{
  const ForkedChild child([](const ChildSide& side) {
    side.fork_another([&] { idle(side); });
    idle(side);
  });
  until_processes(child, 2);
  child.kill(); // but it is not reaped
  again_until(child, [](const auto& u) { return u.processes == 1; });
}

BOOST_AUTO_TEST_CASE(a_test_whose_processes_have_gone_keeps_what_it_used)
{
  ForkedChild child(spin);
  const TreeUsage living = until(child, [](const auto& u) { return u.cpu_us > 30'000; });
  child.kill();
  const TreeUsage zombie = again_until(child, [](const auto& u) { return u.processes == 0; });
  BOOST_TEST(zombie.cpu_us >= living.cpu_us);
  BOOST_TEST(!zombie.memory_bytes.has_value());
  const pid_t pid = child.pid();
  child.end();
  usages.look();
  BOOST_TEST(usages.of(pid).value().cpu_us >= zombie.cpu_us);
  BOOST_TEST(usages.forget(pid).peak_memory_bytes == living.peak_memory_bytes);
}

BOOST_AUTO_TEST_CASE(nothing_is_said_of_who_was_not_looked_at)
{
  const ForkedChild child(idle);
  BOOST_TEST(!usages.of(child.pid()).has_value());
  usages.follow(child.pid());
  BOOST_TEST(!usages.of(child.pid()).has_value());
  usages.look();
  BOOST_TEST(usages.of(child.pid()).has_value());
  usages.forget(child.pid());
  BOOST_TEST(!usages.of(child.pid()).has_value());
  BOOST_TEST(usages.forget(child.pid()).peak_memory_bytes == 0U);
}

BOOST_AUTO_TEST_CASE(a_leader_may_be_followed_after_others_were_looked_at)
{
  const ForkedChild first(idle), second(idle);
  until_processes(first, 1); // has seen the second, which was nobody's then
  until_processes(second, 1);
}

BOOST_AUTO_TEST_CASE(what_a_leader_had_started_before_it_was_followed_belongs_to_it)
{
  const ForkedChild first(idle);
  ForkedChild wrapper([](const ChildSide& side) {
    side.fork_another([&] {
      side.tell(::getpid());
      idle(side);
    });
    idle(side);
  });
  wrapper.hear(); // its child is there
  until_processes(first, 1);
  until_processes(wrapper, 2);
}

BOOST_AUTO_TEST_CASE(files_are_kept_open_up_to_the_limit_and_closed_in_the_end)
{
  const std::ptrdiff_t before = open_files();
  {
    const ForkedChild first(idle), second(idle);
    const std::ptrdiff_t with_pipes = open_files();
    TreeUsages some(4);
    some.follow(first.pid());
    some.follow(second.pid());
    some.look();
    some.look();
    BOOST_TEST(open_files() == with_pipes + 4);
    BOOST_TEST(some.of(second.pid()).value().memory_bytes.value_or(0) > 0U);
    some.forget(first.pid());
    some.forget(second.pid());
    BOOST_TEST(open_files() <= with_pipes + 1); // of all processes
  }
  BOOST_TEST(open_files() == before);
}

BOOST_AUTO_TEST_CASE(files_of_a_program_are_no_memory_of_its_test)
{
  TreeUsage usage;
  usage.file_bytes = 8;
  BOOST_TEST(usage.peak_with(100) == 100U); // nobody saw who had that
  usage.peak_memory_bytes = 60;
  BOOST_TEST(usage.peak_with(100) == 92U); // between two looks
}

BOOST_AUTO_TEST_SUITE_END()
