// How chunks share what is built.
#include "analyzer/split/split.hpp"
#include "tests/support/timed_suite.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <string>

using namespace winnow;
using namespace winnow::split;
using tests::one_cpu;
using tests::shown;

BOOST_AUTO_TEST_SUITE(what_chunks_build)

namespace {

/// Tests of one second each, so many for each program; programs of one library each, which takes
/// ten times as long to build.
struct Programs : tests::TimedSuite {
  TestBuilds builds;

  Programs(std::uint32_t libraries, std::uint32_t programs_each, std::uint32_t tests_each)
  {
    for (std::uint32_t library = 0; library < libraries; ++library) {
      const std::uint32_t library_part = add_part(10);
      for (std::uint32_t program = 0; program < programs_each; ++program) {
        const std::uint32_t program_part = add_part(1);
        for (std::uint32_t test = 0; test < tests_each; ++test) {
          const TestKey key = add(std::to_string(tests.size()), 1).key;
          builds.needs.parts_of[key] = {library_part, program_part};
        }
      }
    }
    // In an order that says nothing.
    std::ranges::sort(tests, {}, [](const TestDescription& test) {
      return std::string(test.key.name.rbegin(), test.key.name.rend());
    });
  }

  std::uint32_t add_part(std::int64_t seconds)
  {
    builds.needs.part_us.push_back(seconds * 1'000'000);
    return static_cast<std::uint32_t>(builds.needs.part_us.size() - 1);
  }

  [[nodiscard]] Plan cut(std::uint32_t chunks, BuildTime build_time = BuildTime::left_out) const
  {
    const SplitOptions options{ChunkCount{chunks}, one_cpu, {}, build_time};
    return split::split(tests, history, options, builds).value();
  }
};

} // namespace

BOOST_AUTO_TEST_CASE(tests_of_one_program_go_to_one_chunk)
{
  const Plan plan = Programs(1, 8, 10).cut(4);
  BOOST_TEST(plan.predicted_s == 20.0);
  BOOST_TEST(plan.build_ratio == (4 * 10 + 8) / 18.0); // every chunk needs the library
}

BOOST_AUTO_TEST_CASE(programs_of_one_library_go_to_one_chunk)
{
  const Plan plan = Programs(4, 5, 4).cut(4);
  BOOST_TEST(plan.predicted_s == 20.0);
  BOOST_TEST(plan.build_ratio == 1.0);
}

BOOST_AUTO_TEST_CASE(a_program_is_built_twice_rather_than_a_chunk_be_slow)
{
  const Plan plan = Programs(2, 1, 15).cut(3);
  BOOST_TEST(plan.predicted_s == 10.0);
  BOOST_TEST(plan.build_ratio == 2.0); // one chunk has some of both
}

BOOST_AUTO_TEST_CASE(all_chunks_of_many_programs_build_hardly_more_than_one_job)
{
  const Plan plan = Programs(50, 20, 10).cut(20);
  BOOST_TEST(plan.predicted_s <= plan.lower_bound_s * 1.01);
  BOOST_TEST(plan.build_ratio <= 1.15);
}

BOOST_AUTO_TEST_CASE(without_knowing_what_is_built_there_is_no_ratio)
{
  tests::TimedSuite suite;
  suite.add("a", 1);
  suite.add("b", 1);
  const Plan plan = split::split(suite.tests, suite.history, {ChunkCount{2}, one_cpu}).value();
  BOOST_TEST(plan.build_ratio == 0.0);
}

BOOST_AUTO_TEST_CASE(jobs_that_build_take_equally_long_as_a_whole)
{
  Programs suite(0, 0, 0);
  const auto add = [&](const std::string& name, double seconds, std::int64_t build_s) {
    suite.builds.needs.parts_of[suite.add(name, seconds).key] = {suite.add_part(build_s)};
  };
  add("slow", 10, 1);
  add("short1", 1, 5);
  add("short2", 1, 4);
  const Plan plan = suite.cut(2, BuildTime::counted);
  BOOST_TEST(shown(plan) == "slow | short1 short2");
  BOOST_TEST(plan.chunks[0].predicted_s == 10.0);
  BOOST_TEST(plan.chunks[0].build_s == 1.0);
  BOOST_TEST(plan.chunks[1].build_s == 9.0);
  BOOST_TEST(plan.predicted_s == 11.0);
  BOOST_TEST(plan.lower_bound_s == 11.0);
}

BOOST_AUTO_TEST_CASE(what_every_job_builds_is_in_the_bound)
{
  const Plan plan = Programs(1, 10, 1).cut(2, BuildTime::counted);
  BOOST_TEST(plan.predicted_s == 20.0); // the library, five programs, five tests
  BOOST_TEST(plan.lower_bound_s == 20.0);
}

BOOST_AUTO_TEST_SUITE_END()
