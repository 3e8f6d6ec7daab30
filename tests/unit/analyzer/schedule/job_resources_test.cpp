// Tasks that share named instances: never more than there is, and everyone in the end.
#include "analyzer/schedule/resource_pool.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace winnow;
using namespace winnow::schedule;

namespace {

constexpr std::int64_t second = 1'000'000;

const ResourceSpec gpus_and_cards{
    "spec.json", {{"cards", {{"a", 4}}}, {"gpus", {{"0", 2}, {"1", 4}, {"2", 2}, {"3", 1}}}}};

Task task(ResourceGroups groups, std::optional<std::int64_t> seconds = {})
{
  Task result;
  result.demand.resource_groups = std::move(groups);
  if (seconds) {
    result.expected_us = *seconds * second;
  }
  return result;
}

Job job_of(std::vector<Task> tasks, std::optional<ResourceSpec> spec = gpus_and_cards)
{
  Job job;
  job.tasks = std::move(tasks);
  job.running_limit = 100;
  job.resource_spec = std::move(spec);
  return job;
}

using Tasks = std::vector<std::uint32_t>;

Tasks starts(Scheduler& scheduler, std::optional<std::int64_t> seconds = {})
{
  Tasks tasks;
  for (const Action& action :
       scheduler.next(seconds ? std::optional(*seconds * second) : std::nullopt)) {
    BOOST_CHECK(action.kind == Action::Kind::start);
    tasks.push_back(action.task.value);
  }
  return tasks;
}

/// Plays a whole job with tasks of these lengths; each is acted on once, or the check fails.
void check_play(const Job& job, const std::vector<std::int64_t>& lengths_us, bool knows_time)
{
  Scheduler scheduler({.cpu_milli = 8000});
  scheduler.add(job);
  std::map<std::pair<std::string, std::string>, std::uint32_t> free;
  for (const ResourceKind& kind : job.resource_spec->kinds) {
    for (const ResourceInstance& instance : kind.instances) {
      free[{kind.name, instance.id}] = instance.slots;
    }
  }
  std::set<std::pair<std::int64_t, std::uint32_t>> ends;
  std::map<std::uint32_t, ResourceAllocation> held;
  std::int64_t now_us = 0;
  std::size_t done = 0;
  for (;;) {
    for (const Action& action : scheduler.next(knows_time ? std::optional(now_us) : std::nullopt)) {
      const std::uint32_t index = action.task.value;
      if (action.kind == Action::Kind::give_up) {
        BOOST_REQUIRE(!action.shortfalls.empty());
        ++done;
        continue;
      }
      BOOST_REQUIRE(action.resources.has_value());
      BOOST_REQUIRE(action.resources->size() == job.tasks[index].demand.resource_groups.size());
      for (const auto& group : *action.resources) {
        for (const AllocatedSlots& given : group) {
          std::uint32_t& left = free.at({given.kind, given.id});
          BOOST_REQUIRE(left >= given.slots);
          left -= given.slots;
        }
      }
      held[index] = *action.resources;
      ends.emplace(now_us + lengths_us[index], index);
    }
    if (ends.empty()) {
      break;
    }
    now_us = ends.begin()->first;
    const std::uint32_t index = ends.begin()->second;
    ends.erase(ends.begin());
    for (const auto& group : held[index]) {
      for (const AllocatedSlots& given : group) {
        free.at({given.kind, given.id}) += given.slots;
      }
    }
    scheduler.finish({index}, Outcome::succeeded);
    ++done;
  }
  BOOST_REQUIRE(done == job.tasks.size());
}

} // namespace

BOOST_AUTO_TEST_SUITE(resources_of_jobs)

BOOST_AUTO_TEST_CASE(groups_get_their_kinds_in_order)
{
  const ResourcePool pool(gpus_and_cards);
  const auto allocation =
      pool.allocate({{{"gpus", 2}}, {{"gpus", 2}}, {{"gpus", 4}, {"gpus", 1}, {"cards", 2}}});
  const ResourceAllocation expected{{{"gpus", "0", 2}},
                                    {{"gpus", "2", 2}},
                                    {{"cards", "a", 2}, {"gpus", "1", 4}, {"gpus", "3", 1}}};
  BOOST_REQUIRE(allocation.has_value());
  BOOST_CHECK(*allocation == expected);
}

BOOST_AUTO_TEST_CASE(what_lacks_is_told_by_kind)
{
  const ResourcePool pool(gpus_and_cards);
  const auto shortfalls =
      pool.shortfalls({{{"tapes", 1}, {"gpus", 1}}, {{"cards", 3}}, {{"cards", 2}}});
  BOOST_REQUIRE(shortfalls.size() == 2U);
  BOOST_CHECK((shortfalls[0] ==
               ResourceShortfall{"cards", {3, 2}, std::vector<ResourceInstance>{{"a", 4}}}));
  BOOST_CHECK((shortfalls[1] == ResourceShortfall{"tapes", {1}, std::nullopt}));
  BOOST_TEST(!pool.allocate({{{"tapes", 1}}}));
  BOOST_TEST(pool.shortfalls({{{"gpus", 4}}, {}}).empty());
}

BOOST_AUTO_TEST_CASE(a_task_waits_until_its_slots_are_given_back)
{
  Scheduler scheduler({.cpu_milli = 8000});
  scheduler.add(job_of({task({{{"cards", 3}}}), task({{{"cards", 3}}}), task({})}));
  BOOST_TEST(starts(scheduler) == (Tasks{0, 2}), boost::test_tools::per_element());
  scheduler.finish({2}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler).empty());
  scheduler.finish({0}, Outcome::failed);
  BOOST_TEST(starts(scheduler) == (Tasks{1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(without_a_specification_groups_mean_nothing)
{
  Scheduler scheduler({.cpu_milli = 8000});
  scheduler.add(job_of({task({{{"tapes", 3}}}), task({{{"tapes", 3}}})}, std::nullopt));
  for (const Action& action : scheduler.next()) {
    BOOST_CHECK(action.kind == Action::Kind::start);
    BOOST_TEST(!action.resources.has_value());
  }
  BOOST_TEST(scheduler.running_count() == 2U);
}

BOOST_AUTO_TEST_CASE(a_task_without_groups_is_given_none)
{
  Scheduler scheduler({.cpu_milli = 8000});
  scheduler.add(job_of({task({})}));
  const std::vector<Action> actions = scheduler.next();
  BOOST_REQUIRE(actions.size() == 1U);
  BOOST_REQUIRE(actions[0].resources.has_value());
  BOOST_TEST(actions[0].resources->empty());
}

BOOST_AUTO_TEST_CASE(jobs_do_not_share_instances)
{
  Scheduler scheduler({.cpu_milli = 8000});
  scheduler.add(job_of({task({{{"cards", 4}}})}));
  scheduler.add(job_of({task({{{"cards", 4}}})}));
  BOOST_TEST(starts(scheduler).size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_never_fits_is_given_up_with_what_lacks)
{
  Scheduler scheduler({.cpu_milli = 8000});
  Task user = task({});
  user.predecessors = {{0, After::success}};
  scheduler.add(job_of({task({{{"gpus", 5}}}), user}));
  const std::vector<Action> actions = scheduler.next();
  BOOST_REQUIRE(actions.size() == 2U);
  BOOST_CHECK(actions[0].kind == Action::Kind::give_up);
  BOOST_TEST(!actions[0].because.has_value());
  BOOST_TEST(actions[0].shortfalls.at(0).kind == "gpus");
  BOOST_CHECK(actions[1].kind == Action::Kind::give_up);
  BOOST_CHECK(actions[1].because == TaskId{0});
  BOOST_TEST(actions[1].shortfalls.empty());
  BOOST_TEST(scheduler.waiting_count() == 0U);
}

BOOST_AUTO_TEST_CASE(what_never_fits_waits_for_what_it_comes_after)
{
  Scheduler scheduler({.cpu_milli = 8000});
  Task late = task({{{"gpus", 5}}});
  late.predecessors = {{0, After::order}};
  Job job = job_of({task({}), late, task({})});
  job.in_turns = true;
  scheduler.add(job);
  BOOST_TEST(starts(scheduler) == (Tasks{0}), boost::test_tools::per_element());
  scheduler.finish({0}, Outcome::succeeded);
  const std::vector<Action> actions = scheduler.next();
  BOOST_REQUIRE(actions.size() == 2U);
  BOOST_CHECK(actions[0].kind == Action::Kind::give_up);
  BOOST_TEST(actions[1].task.value == 2U);
}

BOOST_AUTO_TEST_CASE(what_needs_what_never_fits_does_not_take_its_turn)
{
  Scheduler scheduler({.cpu_milli = 8000});
  // The failure of the first gives up the second; the third never fits, the last needs it.
  std::vector<Task> tasks{task({}), task({}), task({{{"tapes", 1}}}), task({})};
  tasks[1].predecessors = {{0, After::success}};
  tasks[3].predecessors = {{2, After::success}};
  Job job = job_of(tasks);
  job.in_turns = true;
  scheduler.add(job);
  BOOST_TEST(starts(scheduler) == (Tasks{0}), boost::test_tools::per_element());
  scheduler.finish({0}, Outcome::failed);
  const std::vector<Action> actions = scheduler.next();
  BOOST_REQUIRE(actions.size() == 3U);
  for (const Action& action : actions) {
    BOOST_CHECK(action.kind == Action::Kind::give_up);
  }
}

BOOST_AUTO_TEST_CASE(a_chain_that_needs_a_failed_task_does_not_take_its_turn)
{
  Scheduler scheduler({.cpu_milli = 8000});
  std::vector<Task> tasks(3, task({}));
  tasks[1].predecessors = {{0, After::success}};
  tasks[2].predecessors = {{1, After::success}};
  Job job = job_of(tasks, std::nullopt);
  job.in_turns = true;
  scheduler.add(job);
  BOOST_TEST(starts(scheduler) == (Tasks{0}), boost::test_tools::per_element());
  scheduler.finish({0}, Outcome::failed);
  const std::vector<Action> actions = scheduler.next();
  BOOST_REQUIRE(actions.size() == 2U);
  BOOST_CHECK(actions[1].kind == Action::Kind::give_up);
}

BOOST_AUTO_TEST_CASE(a_specification_can_come_later)
{
  Scheduler scheduler({.cpu_milli = 8000});
  Task small = task({{{"cards", 1}}});
  Task large = task({{{"cards", 5}}});
  small.predecessors = large.predecessors = {{0, After::success}};
  const AddedJob job = scheduler.add(job_of({task({}), small, large}, std::nullopt));
  BOOST_TEST(starts(scheduler) == (Tasks{0}), boost::test_tools::per_element());
  scheduler.set_resources(job.job, gpus_and_cards);
  scheduler.finish({0}, Outcome::succeeded);
  std::map<std::uint32_t, Action::Kind> kinds;
  for (const Action& action : scheduler.next()) {
    kinds[action.task.value] = action.kind;
  }
  BOOST_CHECK(kinds.at(1) == Action::Kind::start);
  BOOST_CHECK(kinds.at(2) == Action::Kind::give_up);
  scheduler.finish({1}, Outcome::succeeded);
  scheduler.set_resources(job.job, gpus_and_cards); // of a job that has ended: nothing
  BOOST_TEST(scheduler.next().empty());
}

BOOST_AUTO_TEST_CASE(a_specification_takes_what_never_fits_out_of_its_line)
{
  Scheduler scheduler({.cpu_milli = 8000});
  std::vector<Task> tasks(4, task({{{"tapes", 1}}}));
  for (Task& each : tasks) {
    each.demand.locks = {"lock"};
  }
  tasks.push_back(task({}));
  tasks.back().demand.locks = {"lock"};
  const AddedJob job = scheduler.add(job_of(tasks, std::nullopt));
  const Tasks first = starts(scheduler);
  BOOST_REQUIRE(first.size() == 1U);
  scheduler.set_resources(job.job, gpus_and_cards);
  BOOST_TEST(scheduler.next().size() == (first[0] == 4 ? 4U : 3U));
  scheduler.finish({first[0]}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler).size() == (first[0] == 4 ? 0U : 1U));
}

BOOST_AUTO_TEST_CASE(a_cancel_forgets_what_was_refused)
{
  Scheduler scheduler({.cpu_milli = 8000});
  const AddedJob job = scheduler.add(job_of({task({{{"tapes", 1}}}), task({})}));
  BOOST_TEST(scheduler.cancel(job.job).size() == 2U);
  BOOST_TEST(scheduler.next().empty());
  BOOST_TEST(scheduler.waiting_count() == 0U);
}

BOOST_AUTO_TEST_CASE(a_task_that_needs_many_slots_is_not_overtaken_for_ever)
{
  Scheduler scheduler({.cpu_milli = 8000});
  // The wide one comes into line once the first has ended; short ones would go on for long.
  std::vector<Task> tasks{task({{{"cards", 1}}}, 1), task({{{"cards", 4}}}, 100)};
  tasks[1].predecessors = {{0, After::order}};
  tasks.insert(tasks.end(), 40, task({{{"cards", 1}}}, 50));
  scheduler.add(job_of(std::move(tasks)));
  BOOST_TEST(starts(scheduler, 0).size() == 4U);
  scheduler.finish({0}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler, 1).empty()); // a slot is free, and kept
  for (const std::uint32_t running : {2, 3, 4}) {
    scheduler.finish({running}, Outcome::succeeded);
  }
  BOOST_TEST(starts(scheduler, 50) == (Tasks{1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(short_tasks_fill_the_time_until_enough_is_free)
{
  Scheduler scheduler({.cpu_milli = 8000});
  Job job =
      job_of({task({{{"cards", 2}}}, 60), task({}, 1), task({{{"cards", 4}}}, 90),
              task({{{"cards", 1}}}, 10), task({{{"cards", 1}}}, 80), task({{{"gpus", 1}}}, 80)});
  for (const std::size_t late : {2, 3, 4, 5}) {
    job.tasks[late].predecessors = {{1, After::order}};
  }
  scheduler.add(job);
  BOOST_TEST(starts(scheduler, 0).size() == 2U);
  scheduler.finish({1}, Outcome::succeeded);
  Tasks filling = starts(scheduler, 1);
  std::ranges::sort(filling);
  BOOST_TEST(filling == (Tasks{3, 5}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(generated_jobs_never_use_more_than_there_is_and_end)
{
  std::mt19937 random(7); // NOLINT: the same cases each time
  const auto between = [&](std::uint32_t least, std::uint32_t most) {
    return std::uniform_int_distribution<std::uint32_t>(least, most)(random);
  };
  const std::vector<std::string> kinds{"cards", "gpus", "gpus", "gpus", "tapes"};
  for (int round = 0; round < 200; ++round) {
    std::vector<Task> tasks;
    std::vector<std::int64_t> lengths_us;
    for (std::uint32_t at = between(1, 30); at > 0; --at) {
      ResourceGroups groups(between(0, 2));
      for (auto& group : groups) {
        for (std::uint32_t part = between(0, 2); part > 0; --part) {
          group.push_back({kinds[between(0, round % 2 == 0 ? 3 : 4)], between(0, 3)});
        }
      }
      lengths_us.push_back(between(1, 5) * second);
      tasks.push_back(task(std::move(groups), between(1, 5)));
      if (tasks.size() > 1 && between(0, 3) == 0) {
        const auto earlier = between(0, static_cast<std::uint32_t>(tasks.size()) - 2);
        tasks.back().predecessors = {{earlier, After::order}};
      }
    }
    Job job = job_of(std::move(tasks));
    job.running_limit = between(1, 8);
    check_play(job, lengths_us, round % 3 != 0);
  }
}

BOOST_AUTO_TEST_SUITE_END()
