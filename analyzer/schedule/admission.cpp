// Compares the heads of the ready queues' lines.
#include "analyzer/schedule/admission.hpp"

#include <algorithm>
#include <tuple>

namespace winnow::schedule {
namespace {

/// So often a task is overtaken, for each one that may run at once, before room is held free for
/// it.
constexpr std::uint32_t patience = 32;
/// Keeps nobody from starting.
constexpr Reservation nothing_reserved{.window_us = unlimited, .spare = {}};

/// Of the resource of which it has most, in thousandths (Ghodsi et al., "Dominant resource
/// fairness", 2011).
std::int64_t share_milli(const JobRecord& job, const Amount& all)
{
  const Amount& used = job.used_of_machine;
  return std::max({used.cpu_milli * 1000 / all.cpu_milli,
                   used.waiting_milli * 1000 / all.waiting_milli,
                   used.memory_bytes / std::max<std::int64_t>(all.memory_bytes / 1000, 1)});
}

void note_overtaking(TaskRecord* overtaken)
{
  if (overtaken != nullptr) {
    ++overtaken->overtaken;
  }
}

/// The most important task, or, of those that take no longer than that, the longest.
std::optional<Place> best_within(const ReadyQueue::Line& line, std::int64_t window_us)
{
  return window_us == unlimited ? line.best() : line.longest_within(window_us);
}

void keep_better(std::optional<Candidate>& best, const std::optional<Candidate>& other)
{
  if (other && (!best || other->place < best->place)) {
    best = other;
  }
}

/// The job with less of the machine is, or else the one that was served longer ago.
bool is_next(const Candidate& task, const Candidate& other, const Amount& all)
{
  return std::tuple(share_milli(*task.job, all), task.job->served, task.place) <
         std::tuple(share_milli(*other.job, all), other.job->served, other.place);
}

} // namespace

std::optional<Candidate> Admission::pick(const std::vector<JobRecord*>& jobs)
{
  const Amount all = amount_of(ledger_.capacity());
  for (;;) {
    std::optional<Candidate> best;
    for (JobRecord* job : jobs) {
      const std::optional<Candidate> candidate = best_of(*job);
      if (!candidate) {
        continue;
      }
      if (!best || is_next(*candidate, *best, all)) {
        best = candidate;
      }
    }
    if (!best) {
      return std::nullopt;
    }
    const Shape& shape = best->job->task(best->place.task).shape;
    if (best->held || best->needs_pools || machine_ || fits_machine(*best->job, shape)) {
      return best;
    }
    if (shape.pools != 0 && !promises_.touch(shape.pools) &&
        !is_patient(*best->job, best->job->task(best->place.task))) {
      best->needs_pools = true; // nobody is to take them while it waits for the machine
      return best;
    }
    reserve_machine(*best);
  }
}

void Admission::promise_pools(JobRecord& job, TaskId task)
{
  promises_.add(task, job.task(task).shape.pools, ledger_.pool_holdings(now_us_));
}

/// The task is the next of its job, or would start now if its pools had room.
bool Admission::keeps_promise(JobRecord& job, TaskId task) const
{
  const TaskRecord& record = job.task(task);
  if (record.phase != Phase::ready || !job.has_spare(record.shape)) {
    return false;
  }
  const Place place = job.place_of(task);
  const bool is_next = std::ranges::none_of(
      job.ready().lines(), [&](const auto& line) { return line.second.best() < place; });
  return is_next || (job.fits(record.shape) && fits_machine(job, record.shape) &&
                     is_first_for_pools(job, place));
}

/// Of the tasks of its job that want of the same pools.
bool Admission::is_first_for_pools(JobRecord& job, const Place& place) const
{
  const std::uint32_t pools = job.task(place.task).shape.pools;
  return std::ranges::none_of(job.ready().lines(), [&](const auto& line) {
    return line.second.best() < place && pools_.compete(line.first.pools, pools);
  });
}

void Admission::started(const Candidate& candidate)
{
  const TaskRecord& task = candidate.job->task(candidate.place.task);
  if (machine_) {
    machine_->reservation.admit(candidate.job->of_machine(task.shape, ledger_.capacity()),
                                task.estimate_us);
    note_overtaking(machine_->overtaken);
  }
  const auto own = of_jobs_.find(candidate.job->id());
  if (own != of_jobs_.end()) {
    own->second.reservation.admit(candidate.job->of_job(task.shape), task.estimate_us);
    note_overtaking(own->second.overtaken);
  }
  promises_.admit(candidate.place.task, task.shape.pools, task.estimate_us);
}

std::optional<Candidate> Admission::best_of(JobRecord& job)
{
  if (job.ready().empty()) {
    return std::nullopt;
  }
  if (!machine_ && !of_jobs_.contains(job.id())) {
    const std::optional<Candidate> best = best_by_pools(job);
    if (!best) {
      return std::nullopt;
    }
    TaskRecord& task = job.task(best->place.task);
    if (best->held || job.fits(task.shape)) {
      return best;
    }
    if (job.has_spare(task.shape)) { // nobody knows when there is
      reserve_of(job, best->place);
    }
  }
  return best_within_reservations(job);
}

/// The most important task that its pools do not keep from starting, whether it fits or not.
std::optional<Candidate> Admission::best_by_pools(JobRecord& job) const
{
  const Place* plain = nullptr;
  std::optional<Candidate> best;
  for (const auto& [shape, line] : job.ready().lines()) {
    if (shape.pools != 0) {
      keep_better(best, best_for_pools(job, shape, line, unlimited));
    } else if (plain == nullptr || line.best() < *plain) {
      plain = &line.best();
    }
  }
  if (plain != nullptr && (!best || *plain < best->place)) {
    best = Candidate{&job, *plain, std::nullopt, false};
  }
  return best ? std::optional(candidate(job, *best)) : std::nullopt;
}

std::optional<Candidate> Admission::best_within_reservations(JobRecord& job) const
{
  std::optional<Place> plain;
  std::optional<Candidate> best;
  for (const auto& [shape, line] : job.ready().lines()) {
    const bool must_fit = machine_ || !pools_.fits(shape.pools);
    if (!job.fits(shape) || (must_fit && !fits_machine(job, shape))) {
      continue;
    }
    const std::int64_t window = window_us(job, shape);
    if (shape.pools != 0) {
      keep_better(best, best_for_pools(job, shape, line, window));
      continue;
    }
    const std::optional<Place> place = best_within(line, window);
    if (place && (!plain || *place < *plain)) {
      plain = place;
    }
  }
  if (plain && (!best || *plain < best->place)) {
    best = Candidate{&job, *plain, std::nullopt, false};
  }
  return best ? std::optional(candidate(job, *best)) : std::nullopt;
}

/// Of tasks that want units of pools and take no longer than the window: the best that does not
/// delay those to whom the units are promised, or the best of all if they can be promised to it.
std::optional<Candidate> Admission::best_for_pools(JobRecord& job, const Shape& shape,
                                                   const ReadyQueue::Line& line,
                                                   std::int64_t window_us) const
{
  const auto found = [&](const std::optional<Place>& place) {
    return place ? std::optional(Candidate{&job, *place, std::nullopt, false}) : std::nullopt;
  };
  if (!pools_.fits(shape.pools)) {
    std::optional<Candidate> first = found(best_within(line, window_us));
    if (!first || promises_.touch(shape.pools) || !is_first_for_pools(job, first->place)) {
      return std::nullopt;
    }
    first->needs_pools = true;
    return first;
  }
  std::optional<Candidate> best =
      found(best_within(line, std::min(window_us, promises_.window_us(shape.pools))));
  const std::optional<TaskId> promised = promises_.task_of(shape.pools);
  if (promised && job.has(*promised)) {
    const TaskRecord& task = job.task(*promised);
    if (task.phase == Phase::ready && task.shape == shape && task.estimate_us <= window_us) {
      keep_better(best, found(job.place_of(*promised)));
    }
  }
  return best;
}

bool Admission::is_patient(const JobRecord& job, const TaskRecord& task) const
{
  return !ledger_.ends_are_known() && task.overtaken / patience < job.at_once(ledger_.capacity());
}

void Admission::reserve_machine(const Candidate& candidate)
{
  JobRecord& job = *candidate.job;
  const TaskId to = candidate.place.task;
  TaskRecord& task = job.task(to);
  const Shape& shape = task.shape;
  if (is_patient(job, task)) {
    machine_ = Promise{nothing_reserved, &task, to, shape.whole_machine, job.id(), shape.resources};
    return;
  }
  machine_ = Promise{ledger_.reserve_machine(job.of_machine(shape, ledger_.capacity()),
                                             shape.whole_machine, now_us_),
                     nullptr,
                     to,
                     shape.whole_machine,
                     job.id(),
                     shape.resources};
  promises_.extend(candidate.place.task, machine_->reservation.window_us);
}

void Admission::reserve_of(JobRecord& job, const Place& place)
{
  TaskRecord& task = job.task(place.task);
  const Shape& shape = task.shape;
  // Slots that are kept free cost only those who want them, too.
  if (is_patient(job, task) && job.resources().fits_now(shape.resources)) {
    of_jobs_.emplace(
        job.id(), Promise{nothing_reserved, &task, place.task, false, job.id(), shape.resources});
    return;
  }
  Reservation reservation =
      ledger_.reserve_of_job(job.id(), job.of_job(shape), job.free(), now_us_);
  const std::int64_t wait_us =
      job.resources().wait_us(shape.resources, ledger_.ends_of(job.id(), now_us_));
  reservation.window_us = std::max(reservation.window_us, wait_us);
  of_jobs_.emplace(job.id(),
                   Promise{reservation, nullptr, place.task, false, job.id(), shape.resources});
}

/// How long a task of this shape may take without delaying those that have been promised to start.
std::int64_t Admission::window_us(const JobRecord& job, const Shape& shape) const
{
  const auto delays = [&](const Promise& promise, const Amount& amount) {
    return !promise.reservation.spares(amount) ||
           (promise.job == job.id() && job.resources().compete(promise.resources, shape.resources));
  };
  std::int64_t window = unlimited;
  const auto own = of_jobs_.find(job.id());
  if (own != of_jobs_.end() && delays(own->second, job.of_job(shape))) {
    window = own->second.reservation.window_us;
  }
  if (machine_ && delays(*machine_, job.of_machine(shape, ledger_.capacity()))) {
    window = std::min(window, machine_->reservation.window_us);
  }
  return window;
}

Candidate Admission::candidate(JobRecord& job, Candidate best) const
{
  best.held = locks_.first_held(job.task(best.place.task).locks, best.place.task);
  return best;
}

Obstacle Admission::obstacle(const JobRecord& job, const Shape& shape) const
{
  if (!job.has_spare(shape)) {
    return {WaitCause::load_limit, std::nullopt};
  }
  if (!job.of_job(shape).fits_in(job.free())) {
    return {WaitCause::job_limit, std::nullopt};
  }
  if (!job.resources().fits_now(shape.resources) || !pools_.fits(shape.pools)) {
    return {WaitCause::slots, std::nullopt};
  }
  if (!fits_machine(job, shape)) {
    return ledger_.obstacle(job.of_machine(shape, ledger_.capacity()), shape.whole_machine);
  }
  if (!job.has_permit()) {
    return {WaitCause::permit, std::nullopt};
  }
  const auto own = of_jobs_.find(job.id());
  const Promise* const promise = machine_                ? &*machine_
                                 : own != of_jobs_.end() ? &own->second
                                                         : nullptr;
  if (const auto first = promises_.task_before(shape.pools)) {
    return {WaitCause::reservation, first};
  }
  if (promise == nullptr) {
    return {};
  }
  return {promise->whole_machine ? WaitCause::serial_test : WaitCause::reservation, promise->to};
}

bool Admission::fits_machine(const JobRecord& job, const Shape& shape) const
{
  return ledger_.fits(job.of_machine(shape, ledger_.capacity()), shape.whole_machine);
}

} // namespace winnow::schedule
