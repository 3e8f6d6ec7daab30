// Whole runs that need more memory than there is, on a machine whose kernel kills who has most.
#include "analyzer/schedule/pressure_gauge.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <set>
#include <vector>

using namespace winnow::schedule;

namespace {

constexpr std::int64_t ms = 1000;
constexpr std::int64_t step_us = 10 * ms;
constexpr std::uint64_t megabyte = 1 << 20;
constexpr std::uint64_t machine_bytes = 1000 * megabyte;

/// It has its memory after a part of its time, little by little.
struct Script {
  std::uint64_t peak_bytes = 0;
  std::int64_t grows_us = 0;
  std::int64_t duration_us = 0;
  bool has_lock = false;
};

enum class Memory { known, unknown };

/// A run step by step, looked at as the daemon does.
class Machine {
 public:
  Machine(const std::vector<Script>& scripts, Memory memory) : scripts_(scripts)
  {
    Job job;
    for (const Script& script : scripts) {
      Task task;
      task.demand.cpu_milli = 20;
      task.demand.memory_is_guess = memory == Memory::unknown;
      task.demand.memory_bytes = memory_for_peak(script.peak_bytes);
      if (script.has_lock) {
        task.demand.locks = {"db"};
      }
      job.tasks.push_back(task);
    }
    scheduler_.add(std::move(job));
  }

  void run()
  {
    while (finished_.size() < scripts_.size() && now_us_ < 10'000'000 * ms) {
      if (now_us_ % (50 * ms) == 0) {
        look();
      }
      act();
      now_us_ += step_us;
      kill_while_over_limit();
      end_what_is_over();
    }
    BOOST_TEST(finished_.size() == scripts_.size());
    BOOST_TEST(scheduler_.running_count() + scheduler_.waiting_count() == 0U);
  }

  std::set<std::uint32_t> ended;  ///< by the scheduler
  std::set<std::uint32_t> killed; ///< by the kernel

  std::int64_t made_us() const { return now_us_; }

 private:
  struct Running {
    std::uint32_t task = 0;
    std::int64_t started_us = 0;
  };

  std::uint64_t bytes_of(const Running& running) const
  {
    const Script& script = scripts_[running.task];
    const std::int64_t age_us = std::min(now_us_ - running.started_us, script.grows_us);
    return script.peak_bytes * static_cast<std::uint64_t>(age_us) /
           static_cast<std::uint64_t>(script.grows_us);
  }

  std::uint64_t used() const
  {
    std::uint64_t sum = 0;
    for (const Running& running : running_) {
      sum += bytes_of(running);
    }
    return sum;
  }

  void look()
  {
    MachineReading reading;
    reading.at_us = now_us_;
    reading.memory_bytes = machine_bytes;
    reading.free_bytes = machine_bytes - used();
    const std::uint64_t kept_free = machine_bytes / memory_kept_free;
    scheduler_.set_capacity(
        {.cpu_milli = 4000,
         .memory_bytes = machine_bytes / 10 * 9,
         .available_bytes = *reading.free_bytes - std::min(*reading.free_bytes, kept_free)});
    for (const Running& running : running_) {
      if (now_us_ - running.started_us >= 80 * ms) {
        scheduler_.observe({running.task}, {now_us_, 0, bytes_of(running)});
      }
    }
    scheduler_.set_pressure(gauge_.read(reading));
  }

  void act()
  {
    for (const Action& action : scheduler_.next(now_us_)) {
      const std::uint32_t task = action.task.value;
      if (action.kind == Action::Kind::start) {
        running_.push_back({task, now_us_});
        continue;
      }
      BOOST_TEST((action.kind == Action::Kind::end));
      BOOST_TEST(!scripts_[task].has_lock);
      BOOST_TEST(running_.size() > 1U);
      BOOST_TEST(ended.insert(task).second);
      BOOST_TEST(!killed.contains(task));
      stop(task);
      scheduler_.restart_alone({task});
    }
    for (const Running& running : running_) {
      const bool runs_again = ended.contains(running.task) || killed.contains(running.task);
      BOOST_TEST((!runs_again || running_.size() == 1));
    }
  }

  void kill_while_over_limit()
  {
    while (used() > machine_bytes) {
      const auto largest = std::ranges::max_element(
          running_, {}, [&](const Running& running) { return bytes_of(running); });
      const std::uint32_t task = largest->task;
      BOOST_TEST(killed.insert(task).second);
      BOOST_TEST(!ended.contains(task));
      stop(task);
      scheduler_.restart_alone({task});
    }
  }

  void end_what_is_over()
  {
    for (const Running& running : std::vector(running_)) {
      if (now_us_ - running.started_us >= scripts_[running.task].duration_us) {
        stop(running.task);
        BOOST_TEST(finished_.insert(running.task).second);
        scheduler_.finish({running.task}, Outcome::succeeded);
      }
    }
  }

  void stop(std::uint32_t task)
  {
    std::erase_if(running_, [&](const Running& running) { return running.task == task; });
  }

  const std::vector<Script>& scripts_;
  Scheduler scheduler_{{.cpu_milli = 4000, .memory_bytes = machine_bytes / 10 * 9}};
  PressureGauge gauge_;
  std::vector<Running> running_;
  std::set<std::uint32_t> finished_;
  std::int64_t now_us_ = 0;
};

/// 30 to 80 tests of up to 120 MB, now and then one that needs nearly all.
std::vector<Script> suite(std::uint32_t seed)
{
  std::mt19937 random(seed);
  const auto between = [&](std::int64_t from, std::int64_t to) {
    return std::uniform_int_distribution<std::int64_t>(from, to)(random);
  };
  std::vector<Script> scripts(static_cast<std::size_t>(between(30, 80)));
  for (Script& script : scripts) {
    const bool is_large = between(0, 29) == 0;
    script.peak_bytes =
        static_cast<std::uint64_t>(is_large ? between(300, 880) : between(4, 120)) * megabyte;
    script.grows_us = between(1, 40) * step_us;
    script.duration_us = script.grows_us + between(50, 400) * step_us;
    script.has_lock = between(0, 9) == 0;
  }
  return scripts;
}

} // namespace

BOOST_AUTO_TEST_SUITE(runs_under_pressure)

BOOST_AUTO_TEST_CASE(nobody_is_killed_where_it_is_known_what_tests_need)
{
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed)
    {
      const std::vector<Script> scripts = suite(seed);
      Machine machine(scripts, Memory::known);
      machine.run();
      BOOST_TEST(machine.killed.empty());
      BOOST_TEST(machine.ended.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(every_test_ends_where_it_is_not)
{
  std::size_t tests = 0;
  std::size_t again = 0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed)
    {
      const std::vector<Script> scripts = suite(seed);
      Machine machine(scripts, Memory::unknown);
      machine.run();
      tests += scripts.size();
      again += machine.ended.size() + machine.killed.size();
    }
  }
  BOOST_TEST_MESSAGE(again << " of " << tests << " ran again");
  BOOST_TEST(again * 10 < tests);
}

BOOST_AUTO_TEST_SUITE_END()
