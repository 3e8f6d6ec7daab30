// Takes events, and turns what became possible into actions.
#include "analyzer/schedule/scheduler.hpp"

#include "analyzer/schedule/scheduler_state.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

namespace winnow::schedule {

Scheduler::Scheduler(Capacity capacity) : state_(std::make_unique<State>(capacity)) {}

Scheduler::~Scheduler() = default;
Scheduler::Scheduler(Scheduler&&) noexcept = default;
Scheduler& Scheduler::operator=(Scheduler&&) noexcept = default;

AddedJob Scheduler::add(Job job)
{
  AddedJob added{state_->next_job, {}};
  ++state_->next_job.value;
  if (job.tasks.empty()) {
    return added;
  }
  for (Task& task : job.tasks) {
    std::vector<std::string>& locks = task.demand.locks;
    std::sort(locks.begin(), locks.end());
    locks.erase(std::unique(locks.begin(), locks.end()), locks.end());
  }
  const TaskId first = state_->next_task;
  const auto entry = state_->jobs.try_emplace(
      first, added.job, first, job, state_->ledger.capacity(), state_->locks, state_->pools);
  JobRecord& record = entry.first->second;
  state_->next_task.value += static_cast<std::uint32_t>(job.tasks.size());
  state_->waiting += job.tasks.size();
  for (std::uint32_t index = 0; index < job.tasks.size(); ++index) {
    added.tasks.push_back(record.id_of(index));
    if (job.tasks[index].predecessors.empty()) {
      record.enqueue(added.tasks.back());
    }
  }
  return added;
}

void Scheduler::finish(TaskId task, Outcome outcome)
{
  JobRecord& job = state_->job_of(task);
  const Phase phase = job.task(task).phase;
  if (phase == Phase::suspended) {
    --state_->waiting;
  } else if (phase == Phase::running) {
    state_->vacate(job, task);
  } else {
    throw std::logic_error("the scheduler has not started this task");
  }
  state_->ended(job, task, outcome, task);
  state_->forget_if_done(job);
}

void Scheduler::suspend(TaskId task)
{
  JobRecord& job = state_->job_of(task);
  if (job.task(task).phase != Phase::running) {
    throw std::logic_error("the scheduler has not started this task");
  }
  state_->vacate(job, task);
  job.task(task).phase = Phase::suspended;
  ++state_->waiting;
}

void Scheduler::resume(TaskId task)
{
  JobRecord& job = state_->job_of(task);
  if (job.task(task).phase != Phase::suspended) {
    throw std::logic_error("the scheduler has not suspended this task");
  }
  job.enqueue(task);
}

void Scheduler::observe(TaskId task, const Usage& usage)
{
  state_->observe(state_->job_of(task), task, usage);
}

std::vector<TaskId> Scheduler::running_tasks() const
{
  return state_->ledger.running_tasks();
}

bool Scheduler::learns() const
{
  return state_->ledger.learns();
}

std::vector<TaskId> Scheduler::cancel(JobId id, const std::vector<TaskId>& kept)
{
  JobRecord* const found = state_->job(id);
  if (found == nullptr) {
    return {};
  }
  JobRecord& job = *found;
  state_->note_refused(job);
  std::vector<TaskId> forgotten = state_->forget(job, kept);
  state_->wake_all(job, forgotten);
  for (const TaskId task : forgotten) {
    // What needed its success is forgotten as well: nobody is left who would be given up.
    state_->ended(job, task, Outcome::succeeded, task);
  }
  state_->waiting -= forgotten.size();
  state_->forget_if_done(job);
  return forgotten;
}

void Scheduler::set_capacity(Capacity capacity)
{
  const Capacity before = state_->ledger.capacity();
  state_->ledger.set_capacity(capacity);
  if (before.cpu_milli != capacity.cpu_milli || before.memory_bytes != capacity.memory_bytes) {
    for (auto& [first, job] : state_->jobs) {
      job.rank_anew(capacity, state_->locks);
    }
  }
}

void Scheduler::set_spare(JobId id, std::optional<std::uint32_t> cpus)
{
  if (JobRecord* const job = state_->job(id)) {
    job->set_spare(cpus ? std::int64_t{*cpus} : unlimited);
  }
}

bool Scheduler::set_permits(JobId id, std::optional<std::uint32_t> starts)
{
  JobRecord* const job = state_->job(id);
  return job != nullptr && job->set_permits(starts);
}

std::optional<std::uint32_t> Scheduler::permits_left(JobId id) const
{
  const JobRecord* const job = state_->job(id);
  return job == nullptr ? std::nullopt : std::optional(job->permits_left());
}

bool Scheduler::wants_permit(JobId id) const
{
  const JobRecord* const job = state_->job(id);
  return job != nullptr && job->wants_permit;
}

void Scheduler::set_resources(JobId id, const ResourceSpec& spec)
{
  JobRecord* const job = state_->job(id);
  if (job == nullptr) {
    return;
  }
  job->resources().set_spec(spec);
  std::vector<TaskId> refused;
  for (std::uint32_t index = 0; index < job->size(); ++index) {
    const TaskId task = job->id_of(index);
    const Phase phase = job->task(task).phase;
    const bool in_line = phase == Phase::ready || phase == Phase::parked;
    if (in_line && !job->resources().ever_fits(job->task(task).shape.resources)) {
      state_->leave_line(*job, task);
      job->enqueue(task); // is refused
      refused.push_back(task);
    }
  }
  state_->note_refused(*job);
  state_->wake_all(*job, refused);
}

std::vector<Action> Scheduler::next(std::optional<std::int64_t> now_us)
{
  std::vector<Action> actions = state_->report_given_up();
  if (now_us) {
    state_->count_arrivals(*now_us);
  }
  if (std::optional<Action> end = state_->end_one()) {
    actions.push_back(std::move(*end));
  }
  std::vector<JobRecord*> jobs;
  for (auto& [first, job] : state_->jobs) {
    job.wants_permit = false;
    jobs.push_back(&job);
  }
  Admission admission(state_->ledger, state_->locks, state_->pools, now_us);
  state_->keep_promises(admission);
  while (state_->may_start()) {
    const std::optional<Candidate> candidate = admission.pick(jobs);
    if (!candidate) {
      break;
    }
    if (candidate->held) {
      state_->park(*candidate, now_us);
      continue;
    }
    if (candidate->needs_pools) {
      const TaskId task = candidate->place.task;
      state_->pools.promise(task, candidate->job->task(task).shape.pools);
      admission.promise_pools(*candidate->job, task);
      continue;
    }
    if (!candidate->job->has_permit()) {
      candidate->job->wants_permit = true;
      std::erase(jobs, candidate->job);
      continue;
    }
    admission.started(*candidate);
    actions.push_back(state_->start(*candidate, now_us));
  }
  if (now_us) {
    state_->note_causes(admission, *now_us);
  }
  return actions;
}

std::vector<WaitingTasks> Scheduler::waiting(JobId id) const
{
  const JobRecord* const job = state_->job(id);
  if (job == nullptr) {
    return {};
  }
  std::vector<WaitingTasks> groups = job->waiting();
  const LockTable& locks = state_->locks;
  const TaskId end{job->id_of(0).value + static_cast<std::uint32_t>(job->size())};
  for (const auto& [lock, count] : locks.waiting(job->id_of(0), end)) {
    groups.push_back({count, WaitCause::lock, locks.name_of(lock), locks.last_holder(lock)});
  }
  return groups;
}

WaitTimes Scheduler::take_idle_us(JobId job)
{
  const auto idle = state_->idle.extract(job);
  return idle ? idle.mapped().times : WaitTimes{};
}

ResourceUse Scheduler::use() const
{
  const auto number = [](std::int64_t amount) { return static_cast<std::uint64_t>(amount); };
  const Capacity& capacity = state_->ledger.capacity();
  const Amount& used = state_->ledger.used();
  ResourceUse use{capacity.cpu_milli,    number(used.cpu_milli),    number(used.waiting_milli),
                  capacity.memory_bytes, number(used.memory_bytes), {},
                  state_->locks.held()};
  std::set<PoolId> pools;
  for (const auto& [first, job] : state_->jobs) {
    pools.insert(job.pools().begin(), job.pools().end());
  }
  for (const PoolId pool : pools) {
    use.resources.push_back(state_->pools.use_of(pool));
  }
  std::ranges::sort(use.resources);
  return use;
}

std::size_t Scheduler::waiting_count() const
{
  return state_->waiting;
}

std::size_t Scheduler::running_count() const
{
  return state_->ledger.running_count();
}

} // namespace winnow::schedule
