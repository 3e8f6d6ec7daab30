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
  return whole_machine ? running_.empty() : amount.fits_in(free());
}

Amount ResourceLedger::free() const
{
  return amount_of(capacity_) - used_;
}

void ResourceLedger::start(TaskId task, const RunningTask& running)
{
  used_ += running.of_machine;
  whole_machine_count_ += running.whole_machine ? 1 : 0;
  running_.emplace(task, running);
}

RunningTask ResourceLedger::finish(TaskId task)
{
  const RunningTask ended = running_.extract(task).mapped();
  used_ -= ended.of_machine;
  whole_machine_count_ -= ended.whole_machine ? 1 : 0;
  return ended;
}

void ResourceLedger::change(TaskId task, const Amount& of_machine, const Amount& of_job)
{
  RunningTask& running = running_.at(task);
  used_ += of_machine - running.of_machine;
  running.of_machine = of_machine;
  running.of_job = of_job;
}

std::vector<TaskId> ResourceLedger::observed_tasks() const
{
  std::vector<TaskId> observed;
  for (const auto& [task, running] : running_) {
    if (running.observed) {
      observed.push_back(task);
    }
  }
  return observed;
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
