// Tests of which targets link which.
#include "analyzer/ingest/linking_targets.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow::ingest;

namespace {

ExportedTarget target(std::string name, std::vector<std::string> links)
{
  return {std::move(name), "STATIC_LIBRARY", "/s", "", {}, std::move(links)};
}

} // namespace

BOOST_AUTO_TEST_SUITE(linking_targets)

BOOST_AUTO_TEST_CASE(others_count_that_link_it_through_others_also_in_a_circle)
{
  const std::vector<ExportedTarget> targets{target("core", {"-lm", "user"}),
                                            target("user", {"core"}),
                                            target("user_of_user", {"user"}), target("alone", {})};
  BOOST_TEST(
      (targets_linking(targets, "core") == std::vector<std::string>{"user", "user_of_user"}));
  BOOST_TEST(targets_linking(targets, "alone").empty());
  BOOST_TEST(targets_linking(targets, "-lm").size() == 3U);
}

BOOST_AUTO_TEST_SUITE_END()
