// The order of `ctest` without -j; every expectation was captured from ctest 3.25.1.
#include "analyzer/schedule/serial_order.hpp"
#include "analyzer/schedule/tasks_from_tests.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::schedule;

namespace {

struct Suite {
  TestProperties& add(const std::string& name)
  {
    tests.emplace_back().key.name = name;
    return tests.back().properties.edit();
  }

  /// Names in order, separated by blanks.
  [[nodiscard]] std::string order() const
  {
    std::string names;
    for (const std::uint32_t test : serial_order(tests)) {
      names += (names.empty() ? "" : " ") + tests[test].key.name;
    }
    return names;
  }

  std::vector<TestDescription> tests;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(serial_order_of_tests, Suite)

BOOST_AUTO_TEST_CASE(is_that_of_the_files_but_for_costs)
{
  add("a");
  add("b").cost = 1;
  add("c").cost = 2;
  add("d");
  BOOST_TEST(order() == "c b a d");
}

BOOST_AUTO_TEST_CASE(a_test_brings_what_it_comes_after)
{
  add("a").depends = {"d"};
  add("b");
  add("c");
  add("d").depends = {"c", "absent"};
  BOOST_TEST(order() == "c d a b");
}

BOOST_AUTO_TEST_CASE(a_cleanup_brings_its_whole_fixture)
{
  add("cleanup").fixtures_cleanup = {"f"};
  add("x");
  add("user").fixtures_required = {"f"};
  add("setup").fixtures_setup = {"f"};
  BOOST_TEST(order() == "setup user cleanup x");
}

BOOST_AUTO_TEST_CASE(a_disabled_user_needs_nothing)
{
  TestProperties& user = add("user");
  user.fixtures_required = {"f"};
  user.disabled = true;
  add("setup").fixtures_setup = {"f"};
  BOOST_TEST(order() == "user setup");
}

BOOST_AUTO_TEST_CASE(tests_on_a_cycle_come_last)
{
  add("a").depends = {"b"};
  add("b").depends = {"a"};
  add("c");
  BOOST_TEST(order() == "c b a");
}

BOOST_AUTO_TEST_CASE(a_job_in_turns_starts_by_order_and_leaves_tests_out)
{
  add("a").depends = {"c"};
  add("b").run_serial = true;
  add("c").cost = 1;
  const Job job =
      in_turns(tasks_from_tests(tests, {}, "").value(), std::vector<std::uint32_t>{2, 0, 1});
  BOOST_TEST(job.in_turns);
  BOOST_TEST(job.tasks[1].predecessors.at(0).task == 0U);
  BOOST_TEST(job.tasks[2].demand.whole_machine);
  BOOST_TEST(in_turns(job, std::vector<std::uint32_t>{1}).tasks[0].predecessors.empty());
}

BOOST_AUTO_TEST_SUITE_END()
