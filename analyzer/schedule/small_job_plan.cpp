// Branch and bound over the orders in which tasks start: each starts as soon as it fits, but not
// before the one in front of it. Some such order gives a shortest schedule, since in the order of
// that schedule's own starts nothing starts later.
#include "analyzer/schedule/small_job_plan.hpp"

#include "analyzer/schedule/job_limits.hpp"
#include "analyzer/schedule/ranks.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace winnow::schedule {
namespace {

using TaskSet = std::uint32_t; ///< a bit for each task

constexpr int most_steps = 10'000; ///< of some hundred nanoseconds

constexpr TaskSet only(std::size_t task)
{
  return TaskSet{1} << task;
}

struct PlannedTask {
  std::int64_t duration_us = 0;
  std::int64_t path_us = 0; ///< its own time and that of what comes after it
  Rank rank;
  Amount of_machine;
  Amount of_job;
  TaskSet predecessors = 0;
  TaskSet excluded = 0; ///< those that cannot run beside it
};

bool share_a_lock(const Demand& demand, const Demand& other)
{
  return std::ranges::find_first_of(demand.locks, other.locks) != demand.locks.end();
}

std::vector<PlannedTask> planned_tasks(const Job& job, const Capacity& capacity,
                                       const JobLimits& limits, const std::vector<Rank>& ranks)
{
  std::vector<std::int64_t> durations_us;
  for (const Task& task : job.tasks) {
    durations_us.push_back(std::max<std::int64_t>(*task.expected_us, 0));
  }
  const std::vector<std::int64_t> paths_us = successor_paths(job.tasks, durations_us);
  std::vector<PlannedTask> tasks;
  for (std::size_t index = 0; index < job.tasks.size(); ++index) {
    const Demand& demand = job.tasks[index].demand;
    const Shape shape = shape_of(demand);
    PlannedTask& task =
        tasks.emplace_back(PlannedTask{.duration_us = durations_us[index],
                                       .path_us = paths_us[index],
                                       .rank = ranks[index],
                                       .of_machine = limits.of_machine(shape, capacity),
                                       .of_job = limits.of_job(shape)});
    for (const Predecessor& predecessor : job.tasks[index].predecessors) {
      task.predecessors |= only(predecessor.task);
    }
    for (std::size_t other = 0; other < job.tasks.size(); ++other) {
      const Demand& beside = job.tasks[other].demand;
      if (demand.whole_machine || beside.whole_machine || share_a_lock(demand, beside)) {
        task.excluded |= only(other);
      }
    }
  }
  return tasks;
}

/// Of each lock its tasks, and the serial ones: no two of such a set overlap.
std::vector<TaskSet> exclusive_sets(const Job& job)
{
  std::map<std::string_view, TaskSet> users;
  TaskSet serial = 0;
  for (std::size_t task = 0; task < job.tasks.size(); ++task) {
    const Demand& demand = job.tasks[task].demand;
    serial |= demand.whole_machine ? only(task) : 0;
    for (const std::string& lock : demand.locks) {
      users[lock] |= only(task);
    }
  }
  std::vector<TaskSet> sets = {serial};
  for (const auto& [lock, tasks] : users) {
    sets.push_back(tasks | serial);
  }
  return sets;
}

class Search {
 public:
  Search(std::vector<PlannedTask> tasks, std::vector<TaskSet> exclusive, const Amount& machine,
         const Amount& job)
      : tasks_(std::move(tasks)),
        exclusive_(std::move(exclusive)),
        machine_(machine),
        job_(job),
        starts_(tasks_.size())
  {}

  SmallJobPlan shortest()
  {
    const TaskSet all = only(tasks_.size()) - 1;
    least_us_ = bound_us(all, 0);
    place(all, {}, 0);
    return best_;
  }

 private:
  struct Choice {
    std::int64_t start_us = 0;
    std::size_t task = 0;
  };

  [[nodiscard]] std::int64_t end_us(std::size_t task) const
  {
    return starts_[task] + tasks_[task].duration_us;
  }

  template <class Visit>
  static void for_each(TaskSet set, Visit visit)
  {
    for (; set != 0; set &= set - 1) {
      visit(static_cast<std::size_t>(std::countr_zero(set)));
    }
  }

  /// When the task fits beside the placed ones, which give back ever more.
  [[nodiscard]] std::int64_t first_fit_us(std::size_t task, TaskSet placed,
                                          std::int64_t from_us) const
  {
    const PlannedTask& wanted = tasks_[task];
    for_each(wanted.predecessors,
             [&](std::size_t earlier) { from_us = std::max(from_us, end_us(earlier)); });
    for (;;) {
      Amount of_machine = wanted.of_machine;
      Amount of_job = wanted.of_job;
      bool fits = true;
      std::int64_t next_us = unlimited;
      for_each(placed, [&](std::size_t other) {
        if (end_us(other) > from_us) {
          of_machine += tasks_[other].of_machine;
          of_job += tasks_[other].of_job;
          fits = fits && (wanted.excluded & only(other)) == 0;
          next_us = std::min(next_us, end_us(other));
        }
      });
      if (next_us == unlimited || (fits && of_machine.fits_in(machine_) && of_job.fits_in(job_))) {
        return from_us;
      }
      from_us = next_us;
    }
  }

  /// No schedule that places the others from here on is shorter.
  [[nodiscard]] std::int64_t bound_us(TaskSet left, std::int64_t from_us) const
  {
    std::int64_t bound = 0;
    double cpu = 0;
    double slots = 0;
    double memory = 0;
    for (std::size_t task = 0; task < tasks_.size(); ++task) {
      std::int64_t remaining_us = tasks_[task].duration_us;
      if ((left & only(task)) != 0) {
        bound = std::max(bound, from_us + tasks_[task].path_us);
      } else {
        bound = std::max(bound, end_us(task));
        remaining_us = std::max<std::int64_t>(end_us(task) - from_us, 0);
      }
      const auto time = static_cast<double>(remaining_us);
      cpu += time * static_cast<double>(tasks_[task].of_machine.cpu_milli);
      memory += time * static_cast<double>(tasks_[task].of_machine.memory_bytes);
      slots += time * static_cast<double>(tasks_[task].of_job.slots);
    }
    for (const TaskSet set : exclusive_) {
      std::int64_t sum_us = from_us;
      for_each(set & left, [&](std::size_t task) { sum_us += tasks_[task].duration_us; });
      bound = std::max(bound, sum_us);
    }
    const double work = std::max({cpu / static_cast<double>(machine_.cpu_milli),
                                  memory / static_cast<double>(machine_.memory_bytes),
                                  slots / static_cast<double>(job_.slots)});
    return std::max(bound, from_us + static_cast<std::int64_t>(work));
  }

  /// What may be placed next: not what would leave a gap that another fills.
  [[nodiscard]] std::vector<Choice> choices(TaskSet left, const Choice& last) const
  {
    const TaskSet placed = (only(tasks_.size()) - 1) & ~left;
    std::vector<Choice> choices;
    std::int64_t first_end_us = unlimited;
    for_each(left, [&](std::size_t task) {
      if ((tasks_[task].predecessors & left) == 0) {
        const std::int64_t start_us = first_fit_us(task, placed, last.start_us);
        choices.push_back({start_us, task});
        first_end_us = std::min(first_end_us, start_us + tasks_[task].duration_us);
      }
    });
    std::erase_if(choices, [&](const Choice& choice) {
      const bool leaves_a_gap =
          choice.start_us >= first_end_us && tasks_[choice.task].duration_us > 0;
      const bool is_of_another_order = placed != 0 && is_before(choice, last);
      return leaves_a_gap || is_of_another_order;
    });
    std::ranges::sort(
        choices, [&](const Choice& one, const Choice& other) { return is_before(one, other); });
    return choices;
  }

  /// In which order those of one start are placed; every other order gives the same.
  [[nodiscard]] bool is_before(const Choice& one, const Choice& other) const
  {
    return std::tuple(one.start_us, tasks_[one.task].rank, one.task) <
           std::tuple(other.start_us, tasks_[other.task].rank, other.task);
  }

  void place(TaskSet left, const Choice& last, std::int64_t end)
  {
    if (left == 0) {
      best_ = {placed_, end};
      return;
    }
    for (const Choice& choice : choices(left, last)) {
      if (best_.makespan_us == least_us_ || ++steps_ > most_steps) {
        return;
      }
      starts_[choice.task] = choice.start_us;
      placed_.push_back(static_cast<std::uint32_t>(choice.task));
      const TaskSet still_left = left & ~only(choice.task);
      if (bound_us(still_left, choice.start_us) < best_.makespan_us) {
        place(still_left, choice, std::max(end, end_us(choice.task)));
      }
      placed_.pop_back();
    }
  }

  std::vector<PlannedTask> tasks_;
  std::vector<TaskSet> exclusive_;
  Amount machine_;
  Amount job_;
  std::vector<std::int64_t> starts_;  ///< of those placed
  std::vector<std::uint32_t> placed_; ///< by their starts
  SmallJobPlan best_{{}, unlimited};
  std::int64_t least_us_ = 0;
  int steps_ = 0;
};

} // namespace

std::optional<SmallJobPlan> small_job_plan(const Job& job, const Capacity& capacity,
                                           const std::vector<Rank>& ranks)
{
  const bool is_known = std::ranges::all_of(job.tasks, [](const Task& task) {
    return task.expected_us && !task.demand.cpu_is_guess && !task.demand.memory_is_guess &&
           task.demand.pools.empty();
  });
  if (job.tasks.size() > most_planned_tasks || !is_known || job.in_turns || job.paced ||
      job.resource_spec) {
    return std::nullopt;
  }
  const JobLimits limits(job);
  return Search(planned_tasks(job, capacity, limits, ranks), exclusive_sets(job),
                amount_of(capacity), limits.all())
      .shortest();
}

void follow(const SmallJobPlan& plan, std::vector<Rank>& ranks)
{
  for (std::size_t at = plan.order.size() - 1; at-- > 0;) {
    const Rank& later = ranks[plan.order[at + 1]];
    Rank& rank = ranks[plan.order[at]];
    if (later < rank) {
      rank.width = later.width;
      rank.shortness_us = later.shortness_us - 1;
    }
  }
}

} // namespace winnow::schedule
