// Accounts for the running tasks.
#include "analyzer/schedule/resource_ledger.hpp"

#include "analyzer/schedule/job_limits.hpp"

#include <algorithm>

namespace winnow::schedule {
namespace {

/// 0 for a task that is overdue, and where the clock is not told: nothing may be built on its end.
std::int64_t remaining_us(const RunningTask& task, std::optional<std::int64_t> now_us)
{
  if (!now_us || !task.started_us) {
    return 0;
  }
  return std::max<std::int64_t>(*task.started_us + task.estimate_us - *now_us, 0);
}

} // namespace

bool ResourceLedger::fits(const Amount& amount, bool whole_machine) const
{
  if (whole_machine_count_ != 0) {
    return false;
  }
  if (running_.empty()) { // short as memory may be: somebody else has it, and nobody would end
    return true;
  }
  return !whole_machine && amount.fits_in(free());
}

Obstacle ResourceLedger::obstacle(const Amount& amount, bool whole_machine) const
{
  if (whole_machine_count_ != 0) {
    const auto serial = std::ranges::find_if(
        running_, [](const auto& entry) { return entry.second.whole_machine; });
    return {WaitCause::serial_test, serial->first};
  }
  if (whole_machine) {
    return {WaitCause::empty_machine, std::nullopt};
  }
  const Amount left = amount_of(capacity_) - used_;
  if (amount.cpu_milli > left.cpu_milli || amount.waiting_milli > left.waiting_milli) {
    return {WaitCause::cpu, std::nullopt};
  }
  return {amount.memory_bytes > left.memory_bytes ? WaitCause::memory : WaitCause::free_memory,
          std::nullopt};
}

Amount ResourceLedger::free() const
{
  Amount free = amount_of(capacity_) - used_;
  if (capacity_.memory_bytes != 0 && capacity_.available_bytes) {
    const auto available = static_cast<std::int64_t>(*capacity_.available_bytes);
    free.memory_bytes = std::min(free.memory_bytes, available - to_take_bytes_);
  }
  return free;
}

std::int64_t ResourceLedger::to_take(const RunningTask& running)
{
  return std::max<std::int64_t>(running.of_machine.memory_bytes - running.taken_bytes, 0);
}

void ResourceLedger::start(TaskId task, const RunningTask& running)
{
  used_ += running.of_machine;
  to_take_bytes_ += to_take(running);
  whole_machine_count_ += running.whole_machine ? 1 : 0;
  unknown_count_ += running.duration_known ? 0 : 1;
  running_.emplace(task, running);
}

RunningTask ResourceLedger::finish(TaskId task)
{
  const RunningTask ended = running_.extract(task).mapped();
  used_ -= ended.of_machine;
  to_take_bytes_ -= to_take(ended);
  whole_machine_count_ -= ended.whole_machine ? 1 : 0;
  unknown_count_ -= ended.duration_known ? 0 : 1;
  return ended;
}

void ResourceLedger::change(TaskId task, const Amount& of_machine, const Amount& of_job)
{
  RunningTask& running = running_.at(task);
  used_ += of_machine - running.of_machine;
  to_take_bytes_ -= to_take(running);
  running.of_machine = of_machine;
  to_take_bytes_ += to_take(running);
  running.of_job = of_job;
}

void ResourceLedger::has_taken(TaskId task, std::uint64_t memory_bytes)
{
  RunningTask& running = running_.at(task);
  to_take_bytes_ -= to_take(running);
  running.taken_bytes = static_cast<std::int64_t>(memory_bytes);
  to_take_bytes_ += to_take(running);
}

std::vector<TaskId> ResourceLedger::running_tasks() const
{
  std::vector<TaskId> tasks;
  for (const auto& [task, running] : running_) {
    tasks.push_back(task);
  }
  return tasks;
}

bool ResourceLedger::learns() const
{
  return std::ranges::any_of(running_,
                             [](const auto& entry) { return entry.second.observed.has_value(); });
}

Reservation ResourceLedger::reserve_machine(const Amount& wanted, bool whole_machine,
                                            std::optional<std::int64_t> now_us) const
{
  std::vector<Holding> holdings;
  holdings.reserve(running_.size());
  for (const auto& [task, running] : running_) {
    holdings.push_back({remaining_us(running, now_us), running.of_machine});
  }
  if (whole_machine || whole_machine_count_ != 0) {
    return reserve_everything(holdings);
  }
  return reserve(wanted, free(), std::move(holdings));
}

Reservation ResourceLedger::reserve_of_job(JobId job, const Amount& wanted, const Amount& free,
                                           std::optional<std::int64_t> now_us) const
{
  std::vector<Holding> holdings;
  for (const auto& [task, running] : running_) {
    if (running.job == job) {
      holdings.push_back({remaining_us(running, now_us), running.of_job});
    }
  }
  return reserve(wanted, free, std::move(holdings));
}

std::vector<PoolHolding> ResourceLedger::pool_holdings(std::optional<std::int64_t> now_us) const
{
  std::vector<PoolHolding> holdings;
  for (const auto& [task, running] : running_) {
    if (running.pools != 0) {
      holdings.push_back({remaining_us(running, now_us), running.pools});
    }
  }
  return holdings;
}

std::vector<ExpectedEnd> ResourceLedger::ends_of(JobId job,
                                                 std::optional<std::int64_t> now_us) const
{
  std::vector<ExpectedEnd> ends;
  for (const auto& [task, running] : running_) {
    if (running.job == job) {
      ends.push_back({remaining_us(running, now_us), task});
    }
  }
  return ends;
}

} // namespace winnow::schedule
