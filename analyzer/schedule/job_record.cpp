// Takes a job's tasks over, with their ranks, and keeps its limits.
#include "analyzer/schedule/job_record.hpp"

#include <algorithm>

namespace winnow::schedule {
namespace {

Amount limits_of(const Job& job)
{
  Amount limits{unlimited, unlimited, unlimited};
  if (job.running_limit) {
    limits.slots = std::max<std::int64_t>(*job.running_limit, 1);
  }
  if (job.cpu_limit_milli) {
    limits.cpu_milli = std::max<std::int64_t>(*job.cpu_limit_milli, 1);
  }
  return limits;
}

} // namespace

JobRecord::JobRecord(JobId id, TaskId first, const Job& job, const Capacity& capacity,
                     LockTable& locks)
    : unfinished(job.tasks.size()),
      id_(id),
      first_(first),
      limits_(limits_of(job)),
      tasks_(job.tasks.size()),
      successors_(job.tasks)
{
  const std::vector<std::int64_t> estimates_us = estimates(job.tasks);
  const std::vector<std::int64_t> paths_us = remaining_paths(job.tasks, estimates_us);
  for (std::size_t index = 0; index < tasks_.size(); ++index) {
    const Task& task = job.tasks[index];
    TaskRecord& record = tasks_[index];
    record.shape = {std::max<std::uint32_t>(task.demand.cpu_milli, 1), task.demand.memory_bytes,
                    task.demand.whole_machine};
    record.estimate_us = estimates_us[index];
    record.rank = {width_of(record.shape, capacity), -paths_us[index], task.expected_us.has_value(),
                   -std::int64_t{task.priority}};
    record.predecessors_left = task.predecessors.size();
    for (const std::string& lock : task.demand.locks) {
      record.locks.push_back(locks.intern(job.lock_scope, lock));
    }
  }
}

Amount JobRecord::of_job(const Shape& shape) const
{
  const std::int64_t slots = (std::int64_t{shape.cpu_milli} + 999) / 1000;
  return at_most({shape.cpu_milli, 0, slots}, limits_);
}

Amount JobRecord::of_machine(const Shape& shape, const Capacity& capacity) const
{
  const std::int64_t all = std::max<std::int64_t>(capacity.cpu_milli, 1);
  const std::int64_t by_slots = limits_.slots == unlimited ? unlimited : limits_.slots * 1000;
  const std::int64_t most = std::min(limits_.cpu_milli, by_slots);
  std::int64_t cpu = std::min<std::int64_t>(shape.cpu_milli, most);
  if (most < unlimited && most > all) {
    cpu = std::max<std::int64_t>(cpu * all / most, 1);
  }
  std::int64_t memory = 0;
  if (capacity.memory_bytes != 0) {
    memory = static_cast<std::int64_t>(std::min(shape.memory_bytes, capacity.memory_bytes));
  }
  return {std::min(cpu, all), memory, 0};
}

void JobRecord::enqueue(TaskId task)
{
  TaskRecord& record = this->task(task);
  record.phase = Phase::ready;
  ready_.insert(record.shape, place_of(task), record.estimate_us);
}

void JobRecord::dequeue(TaskId task)
{
  const TaskRecord& record = this->task(task);
  ready_.erase(record.shape, place_of(task), record.estimate_us);
}

Place JobRecord::place_of(TaskId task) const
{
  return {tasks_[index_of(task)].rank, task};
}

Width JobRecord::width_of(const Shape& shape, const Capacity& capacity) const
{
  if (shape.whole_machine) {
    return Width::whole_machine;
  }
  const Amount machine = of_machine(shape, capacity);
  const Amount own = of_job(shape);
  const bool is_wide =
      machine.cpu_milli * 2 > std::int64_t{capacity.cpu_milli} ||
      machine.memory_bytes > static_cast<std::int64_t>(capacity.memory_bytes / 2) ||
      own.slots > limits_.slots / 2 || own.cpu_milli > limits_.cpu_milli / 2;
  return is_wide ? Width::wide : Width::narrow;
}

} // namespace winnow::schedule
