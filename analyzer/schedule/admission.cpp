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

/// The most important task of the queue, whether it fits or not.
const ReadyQueue::Line& best_line(const ReadyQueue& queue)
{
  const auto best = std::min_element(
      queue.lines().begin(), queue.lines().end(),
      [](const auto& left, const auto& right) { return left.second.best() < right.second.best(); });
  return best->second;
}

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
    if (best->held || machine_ || fits_machine(*best->job, shape)) {
      return best;
    }
    reserve_machine(*best);
  }
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
}

std::optional<Candidate> Admission::best_of(JobRecord& job)
{
  if (job.ready().empty()) {
    return std::nullopt;
  }
  if (!machine_ && !of_jobs_.contains(job.id())) {
    const Candidate best = candidate(job, best_line(job.ready()).best());
    TaskRecord& task = job.task(best.place.task);
    if (best.held || job.fits(task.shape)) {
      return best;
    }
    if (job.has_spare(task.shape)) { // nobody knows when there is
      reserve_of(job, best.place);
    }
  }
  return best_within_reservations(job);
}

std::optional<Candidate> Admission::best_within_reservations(JobRecord& job) const
{
  std::optional<Place> best;
  for (const auto& [shape, line] : job.ready().lines()) {
    if (!job.fits(shape) || (machine_ && !fits_machine(job, shape))) {
      continue;
    }
    const std::int64_t window = window_us(job, shape);
    const std::optional<Place> place =
        window == unlimited ? line.best() : line.longest_within(window);
    if (place && (!best || *place < *best)) {
      best = place;
    }
  }
  if (!best) {
    return std::nullopt;
  }
  return candidate(job, *best);
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

Candidate Admission::candidate(JobRecord& job, const Place& place) const
{
  return {&job, place, locks_.first_held(job.task(place.task).locks, place.task)};
}

Obstacle Admission::obstacle(const JobRecord& job, const Shape& shape) const
{
  if (!job.has_spare(shape)) {
    return {WaitCause::load_limit, std::nullopt};
  }
  if (!job.of_job(shape).fits_in(job.free())) {
    return {WaitCause::job_limit, std::nullopt};
  }
  if (!job.resources().fits_now(shape.resources)) {
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
