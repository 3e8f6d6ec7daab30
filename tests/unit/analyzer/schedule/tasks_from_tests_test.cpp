// How properties and history of tests become tasks.
#include "analyzer/schedule/tasks_from_tests.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::schedule;

namespace {

TestDescription test(std::string name, std::string directory = "")
{
  TestDescription description;
  description.key = {std::move(directory), std::move(name)};
  return description;
}

Job job_of(const std::vector<TestDescription>& tests, const History& history = {})
{
  return tasks_from_tests(tests, history, "project").value();
}

/// "0+" for a predecessor whose success is needed, "0" for one that is order only; sorted.
std::string predecessors_of(const Task& task)
{
  std::vector<std::string> parts;
  for (const Predecessor& predecessor : task.predecessors) {
    parts.push_back(std::to_string(predecessor.task) +
                    (predecessor.after == After::success ? "+" : ""));
  }
  std::sort(parts.begin(), parts.end());
  std::string joined;
  for (const std::string& part : parts) {
    joined += (joined.empty() ? "" : " ") + part;
  }
  return joined;
}

} // namespace

BOOST_AUTO_TEST_SUITE(demands_of_tests)

BOOST_AUTO_TEST_CASE(properties_become_the_demand)
{
  TestDescription both = test("both");
  both.properties.edit().processors = 4;
  both.properties.edit().run_serial = true;
  both.properties.edit().resource_locks = {"db"};
  both.properties.edit().cost = 2.5;
  const Job job = job_of({both, test("plain")});
  BOOST_TEST(job.lock_scope == "project");
  BOOST_TEST(job.tasks[0].demand.cpu_milli == 4000U);
  BOOST_TEST(job.tasks[0].demand.whole_machine);
  BOOST_TEST(job.tasks[0].demand.locks == std::vector<std::string>{"db"});
  BOOST_TEST(job.tasks[0].priority > job.tasks[1].priority);
  BOOST_TEST(job.tasks[1].demand.cpu_milli == 1000U);
  BOOST_TEST(!job.tasks[1].expected_us.has_value());
}

BOOST_AUTO_TEST_CASE(a_statement_beats_history)
{
  TestDescription stated = test("stated");
  stated.stated.cpu_milli = 500;
  stated.stated.memory_bytes = 7;
  const TestHistory waiting{
      .duration_us = 1'000'000, .cpu_us = 1'000, .peak_memory_bytes = 99, .attempts = 3};
  const Job job =
      job_of({stated, test("plain")}, {{{"", "stated"}, waiting}, {{"", "plain"}, waiting}});
  BOOST_TEST(job.tasks[0].demand.cpu_milli == 500U);
  BOOST_TEST(job.tasks[0].demand.memory_bytes == 7U);
  BOOST_TEST(*job.tasks[0].expected_us == 1'000'000);
  BOOST_TEST(job.tasks[1].demand.cpu_milli == 20U);
  BOOST_TEST(job.tasks[1].demand.memory_bytes == 8U << 20);
}

BOOST_AUTO_TEST_CASE(a_test_that_never_passed_is_known_by_its_failures)
{
  const std::vector<TestDescription> tests = {test("fails"), test("hangs"), test("new")};
  const Job job =
      job_of(tests, {{tests[0].key, {.duration_us = 70, .last = Verdict::failed}},
                     {tests[1].key, {.duration_us = 9000, .last = Verdict::timed_out}}});
  BOOST_TEST(job.tasks[0].expected_us.value() == 70);
  BOOST_TEST(job.tasks[0].demand.cpu_is_guess);
  BOOST_TEST(!job.tasks[1].expected_us.has_value());
  BOOST_TEST(job.tasks[1].at_least_us == 9000);
  BOOST_TEST(job.tasks[2].at_least_us == 0);
}

BOOST_AUTO_TEST_CASE(measured_memory_is_rounded_up_a_little)
{
  constexpr std::uint64_t megabyte = 1 << 20;
  const auto demand_for = [](std::uint64_t peak) {
    const TestHistory past{
        .duration_us = 1000, .cpu_us = 1000, .peak_memory_bytes = peak, .attempts = 1};
    return job_of({test("a")}, {{{"", "a"}, past}}).tasks[0].demand.memory_bytes;
  };
  BOOST_TEST(demand_for(24 * megabyte) == 24 * megabyte);
  BOOST_TEST(demand_for(24 * megabyte + 1) == 32 * megabyte);
  BOOST_TEST(demand_for(1000 * megabyte) == 1024 * megabyte);
  BOOST_TEST(demand_for(1025 * megabyte) == 1152 * megabyte);
}

BOOST_AUTO_TEST_CASE(a_test_that_used_its_cpu_gets_a_whole_one)
{
  const TestHistory held_back{.duration_us = 1'000'000, .cpu_us = 300'000, .attempts = 3};
  const TestHistory brief{.duration_us = 2'000, .cpu_us = 10, .attempts = 3};
  const TestHistory unmeasured{.duration_us = 1'000'000, .cpu_us = 0, .attempts = 3};
  const Job job = job_of({test("a"), test("b"), test("c")},
                         {{{"", "a"}, held_back}, {{"", "b"}, brief}, {{"", "c"}, unmeasured}});
  BOOST_TEST(job.tasks[2].demand.cpu_milli == 1000U);
  BOOST_TEST(job.tasks[0].demand.cpu_milli == 1000U);
  BOOST_TEST(job.tasks[1].demand.cpu_milli == 1000U);
}

BOOST_AUTO_TEST_CASE(a_history_without_passing_attempts_tells_no_duration)
{
  const Job job = job_of({test("a")}, {{{"", "a"}, TestHistory{}}});
  BOOST_TEST(!job.tasks[0].expected_us.has_value());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(order_of_tests)

BOOST_AUTO_TEST_CASE(depends_is_order_and_prefers_the_same_directory)
{
  TestDescription user = test("user", "b");
  user.properties.edit().depends = {"first", "elsewhere", "nowhere"};
  const Job job = job_of({test("first", "a"), test("first", "b"), test("elsewhere", "a"), user});
  BOOST_TEST(predecessors_of(job.tasks[3]) == "1 2");
}

BOOST_AUTO_TEST_CASE(setups_come_before_users_and_cleanups_after_both)
{
  TestDescription setup = test("setup");
  setup.properties.edit().fixtures_setup = {"server"};
  TestDescription user = test("user");
  user.properties.edit().fixtures_required = {"server"};
  TestDescription cleanup = test("cleanup");
  cleanup.properties.edit().fixtures_cleanup = {"server"};
  const Job job = job_of({cleanup, user, setup});
  BOOST_TEST(predecessors_of(job.tasks[0]) == "1 2");
  BOOST_TEST(predecessors_of(job.tasks[1]) == "2+");
  BOOST_TEST(predecessors_of(job.tasks[2]) == "");
}

BOOST_AUTO_TEST_CASE(a_cycle_is_an_error_that_names_its_tests)
{
  TestDescription one = test("one", "d");
  one.properties.edit().depends = {"two"};
  TestDescription two = test("two", "d");
  two.properties.edit().depends = {"one"};
  const std::vector<TestDescription> tests = {test("bystander"), one, two};
  const Result<Job> job = tasks_from_tests(tests, {}, "");
  BOOST_REQUIRE(job.has_error());
  BOOST_TEST((job.error().kind == ErrorKind::user));
  BOOST_TEST(job.error().message.find("d/one") != std::string::npos);
  BOOST_TEST(job.error().message.find("d/two") != std::string::npos);
  BOOST_TEST(job.error().message.find("bystander") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_test_that_depends_on_itself_is_a_cycle)
{
  TestDescription self = test("self");
  self.properties.edit().depends = {"self"};
  BOOST_TEST(tasks_from_tests(std::vector{self}, {}, "").has_error());
}

BOOST_AUTO_TEST_SUITE_END()
