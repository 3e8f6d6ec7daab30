// Picks what ends when memory runs out, and lets it start once more with the machine to itself.
#include "analyzer/schedule/scheduler_state.hpp"

namespace winnow::schedule {
namespace {

/// What has less of the memory than this part would not help by ending.
constexpr std::int64_t least_helpful_part = 100;

} // namespace

void Scheduler::set_pressure(Pressure pressure)
{
  state_->pressure = pressure;
  state_->ends_one = pressure == Pressure::ends_one;
}

void Scheduler::restart_alone(TaskId task)
{
  suspend(task);
  JobRecord& job = state_->job_of(task);
  job.expect_the_most();
  job.want_alone(task);
  job.enqueue(task);
}

bool Scheduler::State::may_start() const
{
  return pressure == Pressure::none || ledger.running_count() == 0;
}

/// What it holds would be given to another, or its fixture be left half made: such a task goes on.
bool Scheduler::State::may_be_ended(TaskId task)
{
  JobRecord& job = job_of(task);
  const TaskRecord& record = job.task(task);
  const RunningTask& running = ledger.running(task);
  const bool helps = running.taken_bytes * least_helpful_part >=
                     static_cast<std::int64_t>(ledger.capacity().memory_bytes);
  return job.restarts() && record.restarts && record.locks.empty() && record.shape.resources == 0 &&
         helps;
}

std::optional<Action> Scheduler::State::end_one()
{
  if (!std::exchange(ends_one, false) || ledger.running_count() < 2) {
    return std::nullopt;
  }
  std::optional<TaskId> youngest;
  for (const TaskId task : ledger.running_tasks()) {
    const RunningTask& running = ledger.running(task);
    if (running.is_ending) {
      return std::nullopt; // what it has is not back yet
    }
    if (may_be_ended(task) && (!youngest || running.start > ledger.running(*youngest).start)) {
      youngest = task;
    }
  }
  if (!youngest) {
    return std::nullopt;
  }
  ledger.running(*youngest).is_ending = true;
  Action action;
  action.kind = Action::Kind::end;
  action.task = *youngest;
  return action;
}

} // namespace winnow::schedule
