// Runs that do not go as planned: tests that start again later, a machine that shrinks and grows,
// jobs that come late and are cancelled.
#include "tests/support/generated_workload.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace winnow::schedule;
using winnow::tests::Dice;
using winnow::tests::Workload;

namespace {

/// What a task takes of the machine, as it was when the task started.
struct Taken {
  std::int64_t cpu_milli = 0;
  std::int64_t memory_bytes = 0;
};

/// Drives a scheduler by dice, and notes every rule that it breaks.
class RoughRun {
 public:
  explicit RoughRun(std::uint32_t seed)
      : dice_(seed), capacity_{4000, 400, {}}, scheduler_(capacity_)
  {}

  std::set<std::string> broken_rules()
  {
    add_job();
    act();
    while (!running_.empty() || !suspended_.empty()) {
      now_us_ += 1000 * dice_.between(1, 100);
      disturb();
      end_or_suspend_one();
      act();
    }
    check(scheduler_.waiting_count() == 0 && scheduler_.running_count() == 0, "all come to an end");
    check(ended_.size() == tasks_.size(), "every task ends");
    return broken_;
  }

 private:
  void check(bool holds, const char* rule)
  {
    if (!holds) {
      broken_.insert(rule);
    }
  }

  void add_job()
  {
    Job job =
        winnow::tests::ctest_workload(static_cast<std::uint32_t>(dice_.between(0, 1000)), true).job;
    job.tasks.resize(static_cast<std::size_t>(dice_.between(5, 30)));
    job.lock_scope = "project";
    job.running_limit.reset(); // above the cpus it would make tasks take less
    for (Task& task : job.tasks) {
      task.demand.memory_bytes = static_cast<std::uint64_t>(dice_.between(0, 200));
      if (dice_.one_in(2)) {
        task.expected_us.reset();
      }
    }
    const AddedJob added = scheduler_.add(job);
    for (std::size_t index = 0; index < added.tasks.size(); ++index) {
      Known& known = tasks_[added.tasks[index]];
      known.task = job.tasks[index];
      for (const Predecessor& predecessor : known.task.predecessors) {
        known.predecessors.push_back(added.tasks[predecessor.task]);
      }
    }
    jobs_.push_back(added.job);
  }

  void disturb()
  {
    if (dice_.one_in(20)) {
      capacity_.cpu_milli = static_cast<std::uint32_t>(dice_.between(1, 8) * 1000);
      capacity_.memory_bytes = static_cast<std::uint64_t>(dice_.between(100, 800));
      scheduler_.set_capacity(capacity_);
    }
    if (jobs_.size() < 4 && dice_.one_in(15)) {
      add_job();
    }
    if (dice_.one_in(80)) {
      for (const TaskId task : scheduler_.cancel(jobs_[any_of(jobs_)])) {
        check(!running_.contains(task), "what runs is not forgotten");
        std::erase(suspended_, task);
        end(task);
      }
    }
    if (!suspended_.empty() && (running_.empty() || dice_.one_in(3))) {
      const std::size_t at = any_of(suspended_);
      scheduler_.resume(suspended_[at]);
      suspended_.erase(suspended_.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }

  void end_or_suspend_one()
  {
    if (running_.empty()) {
      return;
    }
    auto one = running_.begin();
    std::advance(one, dice_.between(0, static_cast<std::int64_t>(running_.size()) - 1));
    const TaskId task = one->first;
    running_.erase(one);
    if (dice_.one_in(5)) {
      scheduler_.suspend(task);
      suspended_.push_back(task);
    } else {
      scheduler_.finish(task, dice_.one_in(10) ? Outcome::failed : Outcome::succeeded);
      end(task);
    }
  }

  void act()
  {
    for (const Action& action : scheduler_.next(now_us_)) {
      if (action.kind == Action::Kind::give_up) {
        end(action.task);
      } else {
        start(action.task);
      }
    }
  }

  void start(TaskId task)
  {
    const Known& known = tasks_.at(task);
    const Demand& demand = known.task.demand;
    const Taken wanted{
        std::min<std::int64_t>(demand.cpu_milli, capacity_.cpu_milli),
        static_cast<std::int64_t>(std::min(demand.memory_bytes, capacity_.memory_bytes))};
    Taken all = wanted;
    for (const auto& [other, taken] : running_) {
      const Demand& beside = tasks_.at(other).task.demand;
      all.cpu_milli += taken.cpu_milli;
      all.memory_bytes += taken.memory_bytes;
      check(std::ranges::find_first_of(demand.locks, beside.locks) == demand.locks.end(),
            "a lock is held once");
      check(!demand.whole_machine && !beside.whole_machine, "a serial task runs alone");
    }
    check(running_.empty() ||
              (all.cpu_milli <= capacity_.cpu_milli &&
               all.memory_bytes <= static_cast<std::int64_t>(capacity_.memory_bytes)),
          "what starts fits beside what runs");
    check(std::ranges::all_of(known.predecessors,
                              [&](TaskId earlier) { return ended_.contains(earlier); }),
          "predecessors have ended");
    check(!ended_.contains(task), "what has ended does not start");
    check(std::ranges::count(suspended_, task) == 0, "what is suspended starts when it is resumed");
    check(running_.emplace(task, wanted).second, "a task runs once at a time");
  }

  void end(TaskId task) { check(ended_.insert(task).second, "a task ends once"); }

  template <class Of>
  std::size_t any_of(const std::vector<Of>& values)
  {
    return static_cast<std::size_t>(dice_.between(0, static_cast<std::int64_t>(values.size()) - 1));
  }

  struct Known {
    Task task;
    std::vector<TaskId> predecessors;
  };

  Dice dice_;
  Capacity capacity_;
  Scheduler scheduler_;
  std::int64_t now_us_ = 0;
  std::vector<JobId> jobs_;
  std::map<TaskId, Known> tasks_;
  std::map<TaskId, Taken> running_;
  std::vector<TaskId> suspended_;
  std::set<TaskId> ended_;
  std::set<std::string> broken_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(changed_courses)

BOOST_AUTO_TEST_CASE(rules_hold_whatever_happens_on_the_way)
{
  for (std::uint32_t seed = 0; seed < 2000; ++seed) {
    const std::set<std::string> broken = RoughRun(seed).broken_rules();
    BOOST_TEST_CONTEXT("seed " << seed)
    {
      BOOST_TEST(broken.empty(), (broken.empty() ? "" : *broken.begin()));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
