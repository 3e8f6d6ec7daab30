// Turns events into phases of tasks, and what became possible into actions.
#include "analyzer/schedule/scheduler.hpp"

#include "analyzer/schedule/admission.hpp"
#include "analyzer/schedule/job_record.hpp"
#include "analyzer/schedule/lock_table.hpp"
#include "analyzer/schedule/resource_ledger.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

namespace winnow::schedule {

struct Scheduler::State {
  explicit State(Capacity capacity) : ledger(capacity) {}

  JobRecord& job_of(TaskId task);
  /// nullptr once all its tasks have ended.
  JobRecord* job(JobId id);
  void ended(JobRecord& job, TaskId task, Outcome outcome, TaskId because);
  void give_up(JobRecord& job, TaskId task, TaskId because);
  /// Gives up what the job has refused.
  void note_refused(JobRecord& job);
  std::vector<Action> report_given_up();
  Action start(const Candidate& candidate, std::optional<std::int64_t> now_us);
  void park(const Candidate& candidate);
  void wake(LockId lock);
  /// Takes a task that will not start out of whatever line it stands in.
  void leave_line(JobRecord& job, TaskId task);
  std::vector<TaskId> forget(JobRecord& job, const std::vector<TaskId>& kept);
  void wake_all(JobRecord& job, const std::vector<TaskId>& gone);
  void forget_if_done(JobRecord& job);

  ResourceLedger ledger;
  LockTable locks;
  std::map<TaskId, JobRecord> jobs; ///< by first task; those with unfinished tasks
  std::vector<Action> given_up;     ///< not yet reported
  std::size_t waiting = 0;
  JobId next_job;
  TaskId next_task;
};

JobRecord& Scheduler::State::job_of(TaskId task)
{
  auto after = jobs.upper_bound(task);
  if (after == jobs.begin() || (--after)->second.index_of(task) >= after->second.size()) {
    throw std::logic_error("the scheduler does not know this task");
  }
  return after->second;
}

JobRecord* Scheduler::State::job(JobId id)
{
  for (auto& [first, job] : jobs) {
    if (job.id() == id) {
      return &job;
    }
  }
  return nullptr;
}

void Scheduler::State::ended(JobRecord& job, TaskId task, Outcome outcome, TaskId because)
{
  job.task(task).phase = Phase::ended;
  --job.unfinished;
  const std::uint32_t index = job.index_of(task);
  const Successors& successors = job.successors();
  for (auto next = successors.begin_of(index); next != successors.end_of(index); ++next) {
    const TaskId successor = job.id_of(next->task);
    TaskRecord& record = job.task(successor);
    --record.predecessors_left;
    if (record.phase != Phase::blocked) {
      continue;
    }
    if (next->after == After::success && outcome == Outcome::failed) {
      give_up(job, successor, because);
    } else if (record.predecessors_left == 0) {
      job.enqueue(successor);
    }
  }
  job.pass_turn();
}

void Scheduler::State::give_up(JobRecord& job, TaskId task, TaskId because)
{
  // Marked at once, so that no second failed predecessor gives it up again; its own successors
  // follow when it is reported, which keeps long chains off the stack.
  job.task(task).phase = Phase::given_up;
  given_up.push_back({Action::Kind::give_up, task, because, std::nullopt,
                      job.resources().shortfalls(job.task(task).shape.resources)});
}

void Scheduler::State::note_refused(JobRecord& job)
{
  for (const TaskId task : job.take_refused()) {
    given_up.push_back({Action::Kind::give_up, task, std::nullopt, std::nullopt,
                        job.resources().shortfalls(job.task(task).shape.resources)});
  }
}

std::vector<Action> Scheduler::State::report_given_up()
{
  for (auto& [first, job] : jobs) {
    note_refused(job);
  }
  // Giving a task up can give up others, which are appended meanwhile.
  for (std::size_t at = 0; at < given_up.size(); ++at) {
    const Action action = given_up[at];
    JobRecord& job = job_of(action.task);
    ended(job, action.task, Outcome::failed, action.because.value_or(action.task));
    --waiting;
    note_refused(job);
    forget_if_done(job);
  }
  return std::exchange(given_up, {});
}

Action Scheduler::State::start(const Candidate& candidate, std::optional<std::int64_t> now_us)
{
  JobRecord& job = *candidate.job;
  const TaskId task = candidate.place.task;
  TaskRecord& record = job.task(task);
  job.dequeue(task);
  record.phase = Phase::running;
  locks.take(record.locks);
  const RunningTask running{.job = job.id(),
                            .of_machine = job.of_machine(record.shape, ledger.capacity()),
                            .of_job = job.of_job(record.shape),
                            .whole_machine = record.shape.whole_machine,
                            .estimate_us = record.estimate_us,
                            .started_us = now_us};
  job.used += running.of_job;
  job.take_spare(running.of_job.slots);
  job.use_permit();
  ledger.start(task, running);
  --waiting;
  return {Action::Kind::start,
          task,
          std::nullopt,
          job.resources().start(task, record.shape.resources),
          {}};
}

void Scheduler::State::park(const Candidate& candidate)
{
  const TaskId task = candidate.place.task;
  TaskRecord& record = candidate.job->task(task);
  candidate.job->dequeue(task);
  record.phase = Phase::parked;
  record.parked_at = *candidate.held;
  locks.park(*candidate.held, candidate.place);
  // It may have been the one woken for another of its locks.
  for (const LockId lock : record.locks) {
    wake(lock);
  }
}

void Scheduler::State::wake(LockId lock)
{
  if (const std::optional<TaskId> task = locks.wake(lock)) {
    job_of(*task).enqueue(*task);
  }
}

void Scheduler::State::leave_line(JobRecord& job, TaskId task)
{
  TaskRecord& record = job.task(task);
  const Phase was = std::exchange(record.phase, Phase::ended);
  if (was == Phase::parked) {
    locks.unpark(record.parked_at, job.place_of(task));
  } else if (was == Phase::ready) {
    job.dequeue(task);
  }
}

/// Takes out what will not start, and what needs the success of that.
std::vector<TaskId> Scheduler::State::forget(JobRecord& job, const std::vector<TaskId>& kept)
{
  std::vector<TaskId> forgotten;
  std::erase_if(given_up, [&](const Action& action) {
    const bool of_job = &job_of(action.task) == &job;
    if (of_job) {
      job.task(action.task).phase = Phase::ended;
      forgotten.push_back(action.task);
    }
    return of_job;
  });
  const auto leave = [&](TaskId task) {
    const Phase phase = job.task(task).phase;
    if (phase != Phase::running && phase != Phase::ended) {
      leave_line(job, task);
      forgotten.push_back(task);
    }
  };
  for (std::uint32_t index = 0; index < job.size(); ++index) {
    if (!std::binary_search(kept.begin(), kept.end(), job.id_of(index))) {
      leave(job.id_of(index));
    }
  }
  const Successors& successors = job.successors();
  for (std::size_t at = 0; at < forgotten.size(); ++at) {
    const std::uint32_t index = job.index_of(forgotten[at]);
    for (auto next = successors.begin_of(index); next != successors.end_of(index); ++next) {
      if (next->after == After::success) {
        leave(job.id_of(next->task));
      }
    }
  }
  std::sort(forgotten.begin(), forgotten.end());
  return forgotten;
}

/// A ready task that left may have been the one woken for a lock that others wait for.
void Scheduler::State::wake_all(JobRecord& job, const std::vector<TaskId>& gone)
{
  std::vector<LockId> wanted;
  for (const TaskId task : gone) {
    const std::vector<LockId>& of_task = job.task(task).locks;
    wanted.insert(wanted.end(), of_task.begin(), of_task.end());
  }
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  for (const LockId lock : wanted) {
    wake(lock);
  }
}

void Scheduler::State::forget_if_done(JobRecord& job)
{
  if (job.unfinished == 0) {
    jobs.erase(job.id_of(0));
  }
}

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
  const auto entry = state_->jobs.try_emplace(first, added.job, first, job,
                                              state_->ledger.capacity(), state_->locks);
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
  TaskRecord& record = job.task(task);
  if (record.phase != Phase::running) {
    throw std::logic_error("the scheduler has not started this task");
  }
  job.used -= state_->ledger.finish(task).of_job;
  job.resources().finish(task);
  state_->locks.give_back(record.locks);
  for (const LockId lock : record.locks) {
    state_->wake(lock);
  }
  state_->ended(job, task, outcome, task);
  state_->forget_if_done(job);
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
  state_->ledger.set_capacity(capacity);
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
  std::vector<JobRecord*> jobs;
  for (auto& [first, job] : state_->jobs) {
    job.wants_permit = false;
    jobs.push_back(&job);
  }
  Admission admission(state_->ledger, state_->locks, now_us);
  while (const std::optional<Candidate> candidate = admission.pick(jobs)) {
    if (candidate->held) {
      state_->park(*candidate);
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
  return actions;
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
