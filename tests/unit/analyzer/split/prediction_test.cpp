// How long runs are predicted to take.
#include "analyzer/split/prediction.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::split;

namespace {

constexpr schedule::Capacity two_cpus{.cpu_milli = 2000};

struct Suite {
  RunRequest request;
  History history;

  TestDescription& add(const std::string& name, std::uint32_t chunk, double seconds)
  {
    TestDescription description;
    description.key = {"", name};
    description.command = {"/build/" + name};
    if (seconds > 0) {
      const auto time_us = static_cast<std::int64_t>(seconds * 1e6);
      history[description.key] = {.duration_us = time_us, .cpu_us = time_us, .attempts = 1};
    }
    request.tests.push_back({std::move(description), chunk});
    return request.tests.back().description;
  }

  [[nodiscard]] Prediction predicted(std::span<const TestDescription> siblings = {}) const
  {
    return predict(request, history, two_cpus, siblings).value();
  }
};

} // namespace

BOOST_AUTO_TEST_SUITE(a_prediction)

BOOST_AUTO_TEST_CASE(is_the_schedule_of_all_chunks_together)
{
  Suite suite;
  suite.add("a", 0, 3);
  suite.add("b", 1, 2);
  suite.add("c", 1, 1);
  const Prediction prediction = suite.predicted();
  BOOST_TEST(prediction.seconds == 3);
  BOOST_TEST(prediction.chunks_s.at(0) == 3);
  BOOST_TEST(prediction.chunks_s.at(1) == 3);
  BOOST_TEST(prediction.unmeasured == 0U);
}

BOOST_AUTO_TEST_CASE(heeds_how_many_cpus_the_run_may_use)
{
  Suite suite;
  suite.add("a", 0, 3);
  suite.add("b", 0, 2);
  suite.request.jobs = 1;
  BOOST_TEST(suite.predicted().seconds == 5);
}

BOOST_AUTO_TEST_CASE(counts_what_no_run_has_measured)
{
  Suite suite;
  suite.add("a", 0, 0);
  suite.add("off", 0, 0).properties.edit().disabled = true;
  TestDescription sibling;
  sibling.key = {"", "b"};
  suite.history[sibling.key] = {.duration_us = 4'000'000, .attempts = 1};
  const Prediction prediction = suite.predicted({&sibling, 1});
  BOOST_TEST(prediction.unmeasured == 1U);
  BOOST_TEST(prediction.seconds == 4);
}

BOOST_AUTO_TEST_CASE(of_nothing_is_no_time)
{
  BOOST_TEST(Suite().predicted().seconds == 0);
}

BOOST_AUTO_TEST_SUITE_END()
