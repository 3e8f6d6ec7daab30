// Turns events into phases of tasks.
#include "analyzer/schedule/scheduler_state.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace winnow::schedule {
namespace {

/// So often a task lets others take one of its locks while it waits for another.
constexpr std::uint32_t most_parkings = 2;

} // namespace

JobRecord& Scheduler::State::job_of(TaskId task)
{
  JobRecord* const job = find_job(task);
  if (job == nullptr) {
    throw std::logic_error("the scheduler does not know this task");
  }
  return *job;
}

JobRecord* Scheduler::State::find_job(TaskId task)
{
  const auto after = jobs.upper_bound(task);
  if (after == jobs.begin()) {
    return nullptr;
  }
  JobRecord& job = std::prev(after)->second;
  return job.has(task) ? &job : nullptr;
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
      record.after = task;
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
  given_up.push_back({Action::Kind::give_up, task, because, std::nullopt, 1,
                      job.resources().shortfalls(job.task(task).shape.resources)});
}

void Scheduler::State::note_refused(JobRecord& job)
{
  for (const TaskId task : job.take_refused()) {
    given_up.push_back({Action::Kind::give_up, task, std::nullopt, std::nullopt, 1,
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

void Scheduler::State::keep_promises(Admission& admission)
{
  const std::vector<PoolTable::Promised> promised = pools.promised();
  for (const PoolTable::Promised& promise : promised) {
    JobRecord* const job = find_job(promise.task);
    if (job != nullptr && admission.keeps_promise(*job, promise.task)) {
      admission.promise_pools(*job, promise.task);
    } else {
      pools.break_promise(promise.task);
    }
  }
}

Action Scheduler::State::start(const Candidate& candidate, std::optional<std::int64_t> now_us)
{
  JobRecord& job = *candidate.job;
  const TaskId task = candidate.place.task;
  TaskRecord& record = job.task(task);
  std::vector<Waited> waited = now_us ? job.waited(task, *now_us, locks) : std::vector<Waited>();
  job.dequeue(task);
  record.since_us = never;
  record.phase = Phase::running;
  locks.take(record.locks, task);
  pools.take(task, record.shape.pools);
  const RunningTask running{.job = job.id(),
                            .of_machine = job.of_machine(record.shape, ledger.capacity()),
                            .of_job = job.of_job(record.shape),
                            .whole_machine = record.shape.whole_machine,
                            .duration_known = record.rank.known,
                            .pools = record.shape.pools,
                            .estimate_us = record.estimate_us,
                            .started_us = now_us,
                            .observed = now_us ? job.begin_observation(record.shape, *now_us)
                                               : std::nullopt,
                            .start = starts + 1};
  ++job.running;
  job.used += running.of_job;
  job.used_of_machine += running.of_machine;
  job.served = ++starts;
  job.take_spare(running.of_job.slots);
  job.use_permit();
  ledger.start(task, running);
  --waiting;
  return {Action::Kind::start,
          task,
          std::nullopt,
          job.resources().start(task, record.shape.resources),
          job.cpus_of(record.shape, ledger.capacity()),
          {},
          std::move(waited)};
}

void Scheduler::State::vacate(JobRecord& job, TaskId task)
{
  const RunningTask running = ledger.finish(task);
  --job.running;
  job.used -= running.of_job;
  job.used_of_machine -= running.of_machine;
  job.resources().finish(task);
  pools.give_back(running.pools);
  const std::vector<LockId>& held = job.task(task).locks;
  locks.give_back(held);
  for (const LockId lock : held) {
    wake(lock);
  }
}

void Scheduler::State::park(const Candidate& candidate, std::optional<std::int64_t> now_us)
{
  const TaskId task = candidate.place.task;
  TaskRecord& record = candidate.job->task(task);
  record.since_us = now_us ? record.since_us : never;
  if (now_us) {
    candidate.job->note_park(task, *now_us, locks);
  }
  candidate.job->dequeue(task);
  ++candidate.job->parked;
  record.phase = Phase::parked;
  record.parked_at = *candidate.held;
  locks.park(*candidate.held, candidate.place);
  record.keeps_locks = ++record.parkings > most_parkings && candidate.job->has_permit();
  for (const LockId lock : record.locks) {
    if (!record.keeps_locks || lock == *candidate.held) {
      break;
    }
    locks.keep(lock, task);
  }
  // It may have been the one woken for another of its locks.
  for (const LockId lock : record.locks) {
    wake(lock);
  }
}

void Scheduler::State::wake(LockId lock)
{
  if (const std::optional<TaskId> task = locks.wake(lock)) {
    JobRecord& job = job_of(*task);
    --job.parked;
    job.enqueue(*task);
    if (job.task(*task).keeps_locks) {
      locks.keep(lock, *task);
    }
  }
}

void Scheduler::State::leave_line(JobRecord& job, TaskId task)
{
  TaskRecord& record = job.task(task);
  const Phase was = std::exchange(record.phase, Phase::ended);
  if (was == Phase::parked) {
    --job.parked;
    locks.unpark(record.parked_at, job.place_of(task));
  } else if (was == Phase::ready) {
    job.dequeue(task);
  }
  locks.stop_keeping(record.locks, task);
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

void Scheduler::State::count_arrivals(std::int64_t now_us)
{
  for (auto& [id, so_far] : idle) {
    so_far.times[static_cast<std::size_t>(so_far.cause)] +=
        (now_us - so_far.since_us) * so_far.cpu_milli / 1000;
    so_far.since_us = now_us;
    so_far.cpu_milli = 0;
  }
  for (auto& [first, job] : jobs) {
    job.count_arrivals(now_us, locks);
  }
}

void Scheduler::State::note_causes(const Admission& admission, std::int64_t now_us)
{
  const Amount free = ledger.free();
  const WaitCause under_pressure =
      pressure == Pressure::of_cpu ? WaitCause::cpu : WaitCause::free_memory;
  for (auto& [first, job] : jobs) {
    for (auto& [shape, line] : job.ready().lines()) {
      const Obstacle obstacle =
          may_start() ? admission.obstacle(job, shape) : Obstacle{under_pressure, std::nullopt};
      line.clock().note(obstacle.cause, obstacle.by, now_us);
    }
    const Amount of_job = job.free();
    const std::int64_t slots_milli =
        of_job.slots >= unlimited / 1000 ? unlimited : of_job.slots * 1000;
    const std::int64_t left = std::min({free.cpu_milli, of_job.cpu_milli, slots_milli});
    Idle& of = idle[job.id()];
    of.since_us = now_us;
    of.cpu_milli = std::max<std::int64_t>(left, 0);
    of.cause = job.first_cause();
  }
}

void Scheduler::State::forget_if_done(JobRecord& job)
{
  if (job.unfinished == 0) {
    jobs.erase(job.id_of(0));
  }
}

/// What the task was guessed to take is replaced by what it is seen to take, and so is, a little,
/// what others of its job are guessed to take.
void Scheduler::State::observe(JobRecord& job, TaskId task, const Usage& usage)
{
  if (usage.memory_bytes) {
    ledger.has_taken(task, *usage.memory_bytes);
  }
  RunningTask& running = ledger.running(task);
  if (!running.observed) {
    return;
  }
  const Shape shape =
      job.observe(*running.observed, job.task(task).shape, usage, ledger.capacity());
  job.used -= running.of_job;
  job.used_of_machine -= running.of_machine;
  ledger.change(task, job.of_machine(shape, ledger.capacity()), job.of_job(shape));
  job.used += running.of_job;
  job.used_of_machine += running.of_machine;
}

} // namespace winnow::schedule
