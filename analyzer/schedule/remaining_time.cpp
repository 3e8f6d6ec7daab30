// Learns from what has ended, and simulates the rest.
#include "analyzer/schedule/remaining_time.hpp"

#include "analyzer/schedule/bound.hpp"
#include "analyzer/schedule/simulate.hpp"

#include <algorithm>
#include <vector>

namespace winnow::schedule {
namespace {

/// A simulation of so many costs a millisecond or two.
constexpr std::size_t most_simulated = 500;
/// One test that hangs says little of the others.
constexpr double most_of_expected = 10;
/// What is expected weighs like so many tests that took as long as expected.
constexpr double weight_of_expectation = 1;

/// What the tasks of a job take, as far as the run has shown it.
struct Learned {
  double of_expected = 1;                         ///< measured ÷ expected
  std::optional<double> unknown_us;               ///< a task of which nothing was expected
  std::optional<std::uint32_t> guessed_cpu_milli; ///< one of which it was guessed
};

class Lessons {
 public:
  void add(const Task& task, const TaskProgress& progress)
  {
    const auto us = static_cast<double>(progress.us);
    const bool ended = progress.state == TaskState::ended && progress.us > 0;
    if (task.expected_us) {
      add_known(static_cast<double>(std::max<std::int64_t>(*task.expected_us, 1)), us,
                progress.state, ended);
    } else if (ended) {
      unknown_us_ += us;
      ++unknown_count_;
    } else if (progress.state == TaskState::running) {
      unknown_running_us_.push_back(us);
    }
    if (ended && task.demand.cpu_is_guess) {
      cpu_milli_ += task.demand.cpu_milli;
      ++cpu_count_;
    }
  }

  [[nodiscard]] Learned learned() const
  {
    Learned learned;
    if (expected_count_ > 0) {
      const double mean = expected_all_us_ / expected_count_;
      const double usual = weight_of_expectation * mean;
      learned.of_expected = (measured_us_ + usual) / (expected_us_ + usual);
      // Unknown tests are taken for tests like the others until they show what they are.
      learned.unknown_us =
          with_running((unknown_us_ + mean * learned.of_expected), unknown_count_ + 1);
    } else if (unknown_count_ > 0) {
      learned.unknown_us = with_running(unknown_us_, unknown_count_);
    }
    if (cpu_count_ > 0) {
      learned.guessed_cpu_milli = static_cast<std::uint32_t>(cpu_milli_ / cpu_count_);
    }
    return learned;
  }

 private:
  /// The mean of so many that ended and those that run: they take as long as the others, or as long
  /// as they already do.
  [[nodiscard]] double with_running(double sum_us, double count) const
  {
    const double mean_us = sum_us / count;
    for (const double us : unknown_running_us_) {
      sum_us += std::max(us, mean_us);
    }
    return sum_us / (count + static_cast<double>(unknown_running_us_.size()));
  }

  void add_known(double expected_us, double us, TaskState state, bool ended)
  {
    expected_all_us_ += expected_us;
    ++expected_count_;
    // One that runs for longer than expected says something already.
    if (ended || (state == TaskState::running && us > expected_us)) {
      expected_us_ += expected_us;
      measured_us_ += std::min(us, expected_us * most_of_expected);
    }
  }

  double expected_all_us_ = 0;
  double expected_count_ = 0;
  double expected_us_ = 0; ///< of those that are measured
  double measured_us_ = 0;
  double unknown_us_ = 0; ///< of those that ended
  double unknown_count_ = 0;
  std::vector<double> unknown_running_us_;
  std::uint64_t cpu_milli_ = 0;
  std::uint64_t cpu_count_ = 0;
};

std::int64_t left_us(const Task& task, const TaskProgress& progress, const Learned& learned)
{
  const double whole_us =
      task.expected_us
          ? static_cast<double>(*task.expected_us) * learned.of_expected
          : std::max(learned.unknown_us.value_or(0), static_cast<double>(task.at_least_us));
  const std::int64_t whole = std::max<std::int64_t>(static_cast<std::int64_t>(whole_us), 1);
  switch (progress.state) {
  case TaskState::waiting:
    return whole;
  case TaskState::running:
    return std::max({whole - progress.us, progress.us / 10, std::int64_t{1}});
  case TaskState::ended:
    break;
  }
  return 0;
}

/// What has not ended, as a job whose first task, which takes no time, comes before all that waits:
/// so what runs has its place before anything else starts.
struct Rest {
  Job job;
  std::vector<std::int64_t> durations_us;
};

Rest rest_of(const Job& job, std::span<const TaskProgress> progress,
             std::span<const std::int64_t> durations_us)
{
  Rest rest;
  rest.job.lock_scope = job.lock_scope;
  rest.job.running_limit = job.running_limit;
  rest.job.cpu_limit_milli = job.cpu_limit_milli;
  rest.job.in_turns = job.in_turns;
  rest.job.resource_spec = job.resource_spec;
  std::vector<std::uint32_t> places(job.tasks.size(), 0);
  rest.durations_us.push_back(0);
  for (std::uint32_t task = 0; task < job.tasks.size(); ++task) {
    if (progress[task].state != TaskState::ended) {
      places[task] = static_cast<std::uint32_t>(rest.durations_us.size());
      rest.durations_us.push_back(durations_us[task]);
    }
  }
  rest.job.tasks.resize(rest.durations_us.size());
  rest.job.tasks[0].demand.cpu_milli = 1;
  for (std::uint32_t task = 0; task < job.tasks.size(); ++task) {
    if (places[task] == 0) {
      continue;
    }
    Task& copy = rest.job.tasks[places[task]];
    copy.demand = job.tasks[task].demand;
    copy.priority = job.tasks[task].priority;
    copy.expected_us = durations_us[task];
    if (progress[task].state == TaskState::running) {
      continue;
    }
    copy.predecessors.push_back({0, After::order});
    for (const Predecessor& predecessor : job.tasks[task].predecessors) {
      if (places[predecessor.task] != 0) {
        copy.predecessors.push_back({places[predecessor.task], predecessor.after});
      }
    }
  }
  return rest;
}

} // namespace

std::optional<std::int64_t> remaining_us(Job& job, const Capacity& capacity,
                                         std::span<const TaskProgress> progress)
{
  Lessons lessons;
  for (std::size_t task = 0; task < job.tasks.size(); ++task) {
    lessons.add(job.tasks[task], progress[task]);
  }
  const Learned learned = lessons.learned();
  std::vector<std::int64_t> durations_us(job.tasks.size(), 0);
  std::size_t left = 0;
  for (std::size_t task = 0; task < job.tasks.size(); ++task) {
    if (progress[task].state == TaskState::ended) {
      continue;
    }
    Task& of = job.tasks[task];
    if (!of.expected_us && !learned.unknown_us && of.at_least_us == 0) {
      return std::nullopt;
    }
    if (of.demand.cpu_is_guess && learned.guessed_cpu_milli) {
      of.demand.cpu_milli = *learned.guessed_cpu_milli;
    }
    durations_us[task] = left_us(of, progress[task], learned);
    ++left;
  }
  Capacity own = capacity;
  own.available_bytes.reset(); // which is of this moment
  if (left > most_simulated) {
    return bound_of(job, own, durations_us).us;
  }
  Rest rest = rest_of(job, progress, durations_us);
  for (Task& task : rest.job.tasks) {
    task.demand.cpu_is_guess = false; // it is as good as known by now
  }
  return simulate(rest.job, own, rest.durations_us).makespan_us;
}

} // namespace winnow::schedule
