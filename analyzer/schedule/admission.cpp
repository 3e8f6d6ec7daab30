// Compares the heads of the ready queues' lines.
#include "analyzer/schedule/admission.hpp"

#include <algorithm>

namespace winnow::schedule {
namespace {

/// The most important task of the queue, whether it fits or not.
const ReadyQueue::Line& best_line(const ReadyQueue& queue)
{
  const auto best = std::min_element(
      queue.lines().begin(), queue.lines().end(),
      [](const auto& left, const auto& right) { return left.second.best() < right.second.best(); });
  return best->second;
}

} // namespace

std::optional<Candidate> Admission::pick(const std::vector<JobRecord*>& jobs)
{
  for (;;) {
    std::optional<Candidate> best;
    for (JobRecord* job : jobs) {
      const std::optional<Candidate> candidate = best_of(*job);
      if (candidate && (!best || candidate->place < best->place)) {
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
    machine_ = ledger_.reserve_machine(best->job->of_machine(shape, ledger_.capacity()),
                                       shape.whole_machine, now_us_);
  }
}

void Admission::started(const Candidate& candidate)
{
  const TaskRecord& task = candidate.job->task(candidate.place.task);
  if (machine_) {
    machine_->admit(candidate.job->of_machine(task.shape, ledger_.capacity()), task.estimate_us);
  }
  const auto own = of_jobs_.find(candidate.job->id());
  if (own != of_jobs_.end()) {
    own->second.admit(candidate.job->of_job(task.shape), task.estimate_us);
  }
}

std::optional<Candidate> Admission::best_of(JobRecord& job)
{
  if (job.ready().empty()) {
    return std::nullopt;
  }
  if (!machine_ && !of_jobs_.contains(job.id())) {
    const Candidate best = candidate(job, best_line(job.ready()).best());
    const Amount wanted = job.of_job(job.task(best.place.task).shape);
    if (best.held || wanted.fits_in(job.free())) {
      return best;
    }
    of_jobs_.emplace(job.id(), ledger_.reserve_of_job(job.id(), wanted, job.free(), now_us_));
  }
  return best_within_reservations(job);
}

std::optional<Candidate> Admission::best_within_reservations(JobRecord& job) const
{
  const auto own = of_jobs_.find(job.id());
  std::optional<Place> best;
  for (const auto& [shape, line] : job.ready().lines()) {
    const Amount of_job = job.of_job(shape);
    if (!of_job.fits_in(job.free()) || (machine_ && !fits_machine(job, shape))) {
      continue;
    }
    std::int64_t window_us = unlimited;
    if (own != of_jobs_.end() && !own->second.spares(of_job)) {
      window_us = own->second.window_us;
    }
    if (machine_ && !machine_->spares(job.of_machine(shape, ledger_.capacity()))) {
      window_us = std::min(window_us, machine_->window_us);
    }
    const std::optional<Place> place =
        window_us == unlimited ? line.best() : line.longest_within(window_us);
    if (place && (!best || *place < *best)) {
      best = place;
    }
  }
  if (!best) {
    return std::nullopt;
  }
  return candidate(job, *best);
}

Candidate Admission::candidate(JobRecord& job, const Place& place) const
{
  return {&job, place, locks_.first_held(job.task(place.task).locks)};
}

bool Admission::fits_machine(const JobRecord& job, const Shape& shape) const
{
  return ledger_.fits(job.of_machine(shape, ledger_.capacity()), shape.whole_machine);
}

} // namespace winnow::schedule
