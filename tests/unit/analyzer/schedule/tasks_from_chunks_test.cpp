// Tests of several chunks in one job: each chunk its own world, shared tests in turns.
#include "analyzer/schedule/simulate.hpp"
#include "analyzer/schedule/tasks_from_chunks.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <random>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::schedule;

namespace {

struct Chunks {
  std::vector<TestDescription> tests;
  std::vector<std::uint32_t> chunk_of;

  TestDescription& add(std::uint32_t chunk, std::string name)
  {
    chunk_of.push_back(chunk);
    TestDescription& test = tests.emplace_back();
    test.key = {"", std::move(name)};
    return test;
  }

  /// A setup, a user for each name, and a cleanup of one fixture.
  void add_fixture(std::uint32_t chunk, const std::string& fixture,
                   const std::vector<std::string>& users)
  {
    add(chunk, "set up " + fixture).properties.edit().fixtures_setup = {fixture};
    for (const std::string& user : users) {
      add(chunk, user).properties.edit().fixtures_required = {fixture};
    }
    add(chunk, "clean up " + fixture).properties.edit().fixtures_cleanup = {fixture};
  }

  [[nodiscard]] Job job() const
  {
    return tasks_from_chunks(tests, chunk_of, {}, "project").value();
  }

  /// What runs when, each test for a second, on a machine with room for all of them.
  [[nodiscard]] Simulation run() const
  {
    const std::vector<std::int64_t> durations_us(tests.size(), 1'000'000);
    return simulate(job(), {.cpu_milli = 1'000'000}, durations_us);
  }
};

/// From the first start to the last end of each chunk's part in a fixture.
std::map<std::uint32_t, SimulatedTask> uses(const Chunks& chunks, const Simulation& simulation,
                                            const std::string& fixture)
{
  std::map<std::uint32_t, SimulatedTask> spans;
  for (std::size_t test = 0; test < chunks.tests.size(); ++test) {
    const TestProperties& properties = chunks.tests[test].properties;
    for (const auto* names : {&properties.fixtures_setup, &properties.fixtures_required,
                              &properties.fixtures_cleanup}) {
      if (*names == std::vector{fixture}) {
        const SimulatedTask& task = simulation.tasks[test];
        SimulatedTask& span = spans.try_emplace(chunks.chunk_of[test], task).first->second;
        span.started_us = std::min(span.started_us, task.started_us);
        span.ended_us = std::max(span.ended_us, task.ended_us);
      }
    }
  }
  return spans;
}

} // namespace

BOOST_AUTO_TEST_SUITE(tasks_of_chunks)

BOOST_AUTO_TEST_CASE(users_need_the_setup_of_their_own_chunk_only)
{
  Chunks chunks;
  chunks.add_fixture(0, "db", {"a"});
  chunks.add_fixture(1, "db", {"b"});
  const Job job = chunks.job();
  const std::vector<Predecessor>& of_b = job.tasks[4].predecessors;
  BOOST_REQUIRE(of_b.size() == 1U);
  BOOST_TEST(of_b.front().task == 3U);
  BOOST_TEST((of_b.front().after == After::success));
}

BOOST_AUTO_TEST_CASE(two_instances_of_a_fixture_take_turns)
{
  Chunks chunks;
  chunks.add_fixture(0, "db", {"a"});
  chunks.add_fixture(1, "db", {"b", "c"});
  chunks.add_fixture(2, "db", {"d"});
  const auto spans = uses(chunks, chunks.run(), "db");
  BOOST_TEST(spans.at(0).ended_us <= spans.at(1).started_us);
  BOOST_TEST(spans.at(1).ended_us <= spans.at(2).started_us);
}

BOOST_AUTO_TEST_CASE(a_turn_does_not_need_the_success_of_the_one_before)
{
  Chunks chunks;
  chunks.add_fixture(0, "db", {"a"});
  chunks.add_fixture(1, "db", {"b"});
  const Job job = chunks.job();
  BOOST_REQUIRE(job.tasks[3].predecessors.size() >= 1U);
  for (const Predecessor& predecessor : job.tasks[3].predecessors) {
    BOOST_TEST((predecessor.after == After::order));
  }
}

BOOST_AUTO_TEST_CASE(a_fixture_without_cleanup_waits_for_its_users)
{
  Chunks chunks;
  for (const std::uint32_t chunk : {0U, 1U}) {
    chunks.add(chunk, "set up").properties.edit().fixtures_setup = {"db"};
    chunks.add(chunk, "user of " + std::to_string(chunk)).properties.edit().fixtures_required = {
        "db"};
  }
  const auto spans = uses(chunks, chunks.run(), "db");
  BOOST_TEST(spans.at(0).ended_us <= spans.at(1).started_us);
}

BOOST_AUTO_TEST_CASE(a_fixture_without_setup_is_not_cleaned_up_below_the_next_chunk)
{
  Chunks chunks;
  for (const std::uint32_t chunk : {0U, 1U}) {
    chunks.add(chunk, "user of " + std::to_string(chunk)).properties.edit().fixtures_required = {
        "db"};
    chunks.add(chunk, "clean up").properties.edit().fixtures_cleanup = {"db"};
  }
  const auto spans = uses(chunks, chunks.run(), "db");
  BOOST_TEST(spans.at(0).ended_us <= spans.at(1).started_us);
}

BOOST_AUTO_TEST_CASE(what_a_setup_depends_on_waits_with_it)
{
  Chunks chunks;
  for (const std::uint32_t chunk : {0U, 1U}) {
    chunks.add(chunk, "fetch");
    chunks.add_fixture(chunk, "db", {"user of " + std::to_string(chunk)});
    chunks.tests[chunks.tests.size() - 3].properties.edit().depends = {"fetch"};
  }
  const Simulation simulation = chunks.run();
  const std::size_t second_fetch = chunks.tests.size() / 2;
  BOOST_REQUIRE(chunks.tests[second_fetch].key.name == "fetch");
  BOOST_TEST(uses(chunks, simulation, "db").at(0).ended_us <=
             simulation.tasks[second_fetch].started_us);
}

BOOST_AUTO_TEST_CASE(chunks_that_share_no_test_run_side_by_side)
{
  Chunks chunks;
  chunks.add_fixture(0, "db", {"a"});
  chunks.add_fixture(1, "web", {"b"});
  chunks.add(1, "c").properties.edit().depends = {"a"};
  const Simulation simulation = chunks.run();
  BOOST_TEST(simulation.makespan_us == 3'000'000);
  BOOST_TEST(simulation.tasks[6].started_us == 0);
}

BOOST_AUTO_TEST_CASE(a_circle_inside_a_chunk_is_named)
{
  Chunks chunks;
  chunks.add(0, "a");
  chunks.add(1, "b").properties.edit().depends = {"c"};
  chunks.add(1, "c").properties.edit().depends = {"b"};
  const Result<Job> job = tasks_from_chunks(chunks.tests, chunks.chunk_of, {}, "");
  BOOST_REQUIRE(!job);
  BOOST_TEST(job.error().message.starts_with("these tests wait for each other in a circle: c, b;"));
}

BOOST_AUTO_TEST_CASE(in_any_suite_no_test_meets_itself_and_no_fixture_its_like)
{
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&](std::uint32_t limit) {
      return static_cast<std::uint32_t>(random() % limit);
    };
    Chunks chunks;
    const std::uint32_t count = 2 + below(4);
    for (std::uint32_t chunk = 0; chunk < count; ++chunk) {
      for (std::uint32_t fixture = 0; fixture < 3; ++fixture) {
        if (below(3) > 0) {
          const std::string suffix = std::to_string(chunk) + "." + std::to_string(fixture);
          chunks.add_fixture(chunk, "f" + std::to_string(fixture), {"a" + suffix, "b" + suffix});
        }
      }
      chunks.add(chunk, "plain " + std::to_string(chunk));
    }
    BOOST_TEST_CONTEXT("seed " << seed)
    {
      const Simulation simulation = chunks.run();
      for (const char* fixture : {"f0", "f1", "f2"}) {
        std::int64_t free_from_us = 0;
        for (const auto& [chunk, span] : uses(chunks, simulation, fixture)) {
          BOOST_TEST(free_from_us <= span.started_us);
          free_from_us = span.ended_us;
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
