// Looks at every start: what is exceeded is exceeded when something has just started.
#include "tests/support/schedule_check.hpp"

#include <algorithm>
#include <map>

namespace winnow::tests {
namespace {

class ScheduleCheck {
 public:
  ScheduleCheck(const schedule::Job& job, schedule::Capacity machine,
                const schedule::Simulation& simulated)
      : job_(job), machine_(machine), tasks_(simulated.tasks)
  {}

  std::vector<std::string> found()
  {
    for (std::uint32_t task = 0; task < tasks_.size(); ++task) {
      for (const schedule::Predecessor& before : job_.tasks[task].predecessors) {
        expect(tasks_[before.task].ended_us <= tasks_[task].started_us, task, "started too early");
      }
      if (tasks_[task].ended_us > tasks_[task].started_us) {
        check_beside(task);
      }
    }
    return found_;
  }

 private:
  void expect(bool holds, std::uint32_t task, const std::string& otherwise)
  {
    if (!holds) {
      found_.push_back("task " + std::to_string(task) + " " + otherwise);
    }
  }

  void check_beside(std::uint32_t task)
  {
    std::int64_t cpu_milli = 0;
    std::uint64_t memory_bytes = 0;
    std::map<std::string, std::uint32_t> pools;
    const std::int64_t now_us = tasks_[task].started_us;
    for (std::uint32_t other = 0; other < tasks_.size(); ++other) {
      if (tasks_[other].started_us > now_us || tasks_[other].ended_us <= now_us) {
        continue;
      }
      const schedule::Demand& demand = job_.tasks[other].demand;
      if (other != task) {
        check_pair(task, other);
      }
      cpu_milli += std::min(demand.cpu_milli, machine_.cpu_milli);
      memory_bytes += std::min(demand.memory_bytes, machine_.memory_bytes);
      for (const ResourceCount& wanted : demand.pools) {
        pools[wanted.name] += std::min(wanted.count, capacity_of(wanted.name));
      }
    }
    expect(cpu_milli <= machine_.cpu_milli, task, "has no cpu");
    expect(memory_bytes <= machine_.memory_bytes, task, "has no memory");
    for (const auto& [name, count] : pools) {
      expect(count <= capacity_of(name), task, "has no " + name);
    }
  }

  void check_pair(std::uint32_t task, std::uint32_t other)
  {
    const schedule::Demand& ours = job_.tasks[task].demand;
    const schedule::Demand& theirs = job_.tasks[other].demand;
    expect(!ours.whole_machine && !theirs.whole_machine, task, "runs beside a serial one");
    const bool share_lock = std::ranges::any_of(ours.locks, [&](const std::string& lock) {
      return std::ranges::find(theirs.locks, lock) != theirs.locks.end();
    });
    expect(!share_lock, task, "runs beside another of its lock");
  }

  [[nodiscard]] std::uint32_t capacity_of(const std::string& name) const
  {
    const auto pool = std::ranges::find(job_.pools, name, &ResourceCount::name);
    return pool == job_.pools.end() ? 1 : pool->count;
  }

  const schedule::Job& job_;
  schedule::Capacity machine_;
  const std::vector<schedule::SimulatedTask>& tasks_;
  std::vector<std::string> found_;
};

} // namespace

std::vector<std::string> broken_rules(const schedule::Job& job, schedule::Capacity machine,
                                      const schedule::Simulation& simulated)
{
  return ScheduleCheck(job, machine, simulated).found();
}

} // namespace winnow::tests
