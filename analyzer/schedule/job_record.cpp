// Takes a job's tasks over, with their ranks, and keeps its limits.
#include "analyzer/schedule/job_record.hpp"

#include "analyzer/schedule/small_job_plan.hpp"

#include <algorithm>

namespace winnow::schedule {
namespace {

constexpr std::uint32_t whole_cpu_milli = 1000;

} // namespace

JobRecord::JobRecord(JobId id, TaskId first, const Job& job, const Capacity& capacity,
                     LockTable& locks, PoolTable& pools)
    : unfinished(job.tasks.size()),
      id_(id),
      first_(first),
      limits_(job),
      at_once_(limits_.at_once(capacity)),
      resources_(job),
      pool_table_(pools),
      pools_(pools.declare(job.lock_scope, job.pools)),
      tasks_(job.tasks.size()),
      successors_(job.tasks),
      permits_(job.paced ? std::optional(0U) : std::nullopt),
      restarts_(job.restarts),
      has_turns_(job.in_turns)
{
  const std::vector<std::int64_t> estimates_us = estimates(job.tasks);
  const std::vector<std::int64_t> paths_us = remaining_paths(job, estimates_us);
  std::vector<Rank> ranks;
  for (std::size_t index = 0; index < tasks_.size(); ++index) {
    const Task& task = job.tasks[index];
    TaskRecord& record = tasks_[index];
    record.shape = shape_of(task.demand);
    record.shape.resources = resources_.demand_of(static_cast<std::uint32_t>(index));
    record.shape.pools = pools.demand_of(job.lock_scope, task.demand.pools);
    record.estimate_us = estimates_us[index];
    ranks.push_back({width_of(record.shape, capacity), -paths_us[index],
                     task.expected_us.has_value(), -std::int64_t{task.priority}});
    record.predecessors_left = static_cast<std::uint32_t>(task.predecessors.size());
    record.restarts = task.restarts;
    for (const std::string& lock : task.demand.locks) {
      record.locks.push_back(locks.intern(job.lock_scope, lock));
    }
    std::sort(record.locks.begin(), record.locks.end());
  }
  if (const std::optional<SmallJobPlan> plan = small_job_plan(job, capacity, ranks)) {
    follow(*plan, ranks);
  }
  for (std::size_t index = 0; index < tasks_.size(); ++index) {
    tasks_[index].rank = ranks[index];
  }
}

void JobRecord::enqueue(TaskId task)
{
  TaskRecord& record = this->task(task);
  if (has_turns_ && index_of(task) != turn_) {
    return;
  }
  if (!resources_.ever_fits(record.shape.resources)) {
    record.phase = Phase::given_up;
    refused_.push_back(task);
    return;
  }
  record.phase = Phase::ready;
  ready_.insert(record.shape, place_of(task), record.estimate_us);
  arrived_.push_back(task);
}

void JobRecord::pass_turn()
{
  if (!has_turns_) {
    return;
  }
  while (turn_ < tasks_.size() && tasks_[turn_].phase == Phase::ended) {
    ++turn_;
  }
  if (turn_ < tasks_.size() && tasks_[turn_].phase == Phase::blocked) {
    tasks_[turn_].after = turn_ > 0 ? id_of(turn_ - 1) : no_task;
    enqueue(id_of(turn_)); // what it comes after has come before
  }
}

void JobRecord::dequeue(TaskId task)
{
  TaskRecord& record = this->task(task);
  if (std::exchange(record.is_counted, false)) {
    ready_.lines().at(record.shape).clock().forget(record.since_us);
  }
  ready_.erase(record.shape, place_of(task), record.estimate_us);
}

Place JobRecord::place_of(TaskId task) const
{
  return {tasks_[index_of(task)].rank, task};
}

Shape JobRecord::with_guesses(Shape shape, const Capacity& capacity) const
{
  if (shape.cpu_is_guess) {
    shape.cpu_milli = static_cast<std::uint32_t>(seen_cpu_milli_.expected(whole_cpu_milli));
  }
  if (shape.memory_is_guess) {
    shape.memory_bytes = expected_memory(capacity);
  }
  return shape;
}

std::uint64_t JobRecord::expected_memory(const Capacity& capacity) const
{
  const std::uint64_t cautious =
      limits_.memory(capacity) / 4 / std::max(at_once_, limits_.at_once(capacity));
  return seen_memory_bytes_.expected(cautious);
}

std::optional<ObservedTask> JobRecord::begin_observation(const Shape& shape,
                                                         std::int64_t now_us) const
{
  if (!shape.cpu_is_guess && !shape.memory_is_guess) {
    return std::nullopt;
  }
  ObservedTask task;
  if (shape.cpu_is_guess) {
    task.cpu.emplace(now_us, with_guesses(shape, {}).cpu_milli);
  }
  if (shape.memory_is_guess) {
    task.memory.emplace(now_us);
  }
  return task;
}

/// Until it has stopped growing, or has more, the task takes what others made expect.
Shape JobRecord::observe(ObservedTask& task, Shape shape, const Usage& usage,
                         const Capacity& capacity)
{
  if (task.cpu) {
    const std::optional<std::uint32_t> before = task.cpu->seen_milli();
    task.cpu->add(usage);
    if (const std::optional<std::uint32_t> now = task.cpu->seen_milli()) {
      seen_cpu_milli_.add(*now, before);
    }
    shape.cpu_milli = task.cpu->demand_milli();
    shape.cpu_is_guess = false;
  }
  if (task.memory && usage.memory_bytes) {
    const std::uint64_t bytes = memory_for_peak(*usage.memory_bytes);
    task.memory->add(usage.at_us, bytes);
    if (task.memory->has_settled() || bytes > expected_memory(capacity)) {
      seen_memory_bytes_.add(bytes, task.counted_bytes);
      task.counted_bytes = bytes;
    }
  }
  if (task.memory) {
    const std::uint64_t bytes = task.memory->bytes();
    shape.memory_bytes =
        task.memory->has_settled() ? bytes : std::max(bytes, expected_memory(capacity));
    shape.memory_is_guess = false;
  }
  return shape;
}

void JobRecord::want_alone(TaskId task)
{
  TaskRecord& record = this->task(task);
  record.shape.whole_machine = true;
  record.restarts = false;
  record.rank.width = Width::narrow; // in the end, when the machine becomes empty by itself
  const std::uint32_t index = index_of(task);
  if (successors_.begin_of(index) == successors_.end_of(index)) {
    const bool known = record.rank.known;
    record.rank = Rank::last();
    record.rank.known = known;
  }
}

void JobRecord::rank_anew(const Capacity& capacity, LockTable& locks)
{
  for (std::uint32_t index = 0; index < tasks_.size(); ++index) {
    const TaskId task = id_of(index);
    TaskRecord& record = tasks_[index];
    const Width width = width_of(record.shape, capacity);
    if (width == record.rank.width || width == Width::whole_machine ||
        record.phase == Phase::ended) {
      continue;
    }
    const Place before = place_of(task);
    record.rank.width = width;
    if (record.phase == Phase::ready) {
      ready_.insert(record.shape, place_of(task),
                    record.estimate_us); // first: the line has a clock
      ready_.erase(record.shape, before, record.estimate_us);
    } else if (record.phase == Phase::parked) {
      locks.unpark(record.parked_at, before);
      locks.park(record.parked_at, place_of(task));
    }
  }
}

std::uint32_t JobRecord::cpus_of(const Shape& shape, const Capacity& capacity) const
{
  const Shape known = with_guesses(shape, capacity);
  const std::int64_t least =
      std::min<std::int64_t>(limits_.of_job(known).slots, limits_.at_once(capacity));
  return static_cast<std::uint32_t>(std::max<std::int64_t>(least, 1));
}

Width JobRecord::width_of(const Shape& shape, const Capacity& capacity) const
{
  if (shape.whole_machine) {
    return Width::whole_machine;
  }
  const Amount machine = of_machine(shape, capacity);
  const Amount own = of_job(shape);
  const bool is_wide =
      resources_.is_wide(shape.resources) ||
      machine.cpu_milli * 2 > std::int64_t{capacity.cpu_milli} ||
      machine.memory_bytes > static_cast<std::int64_t>(capacity.memory_bytes / 2) ||
      own.slots > limits_.all().slots / 2 || own.cpu_milli > limits_.all().cpu_milli / 2 ||
      own.memory_bytes > limits_.all().memory_bytes / 2;
  return is_wide ? Width::wide : Width::narrow;
}

} // namespace winnow::schedule
