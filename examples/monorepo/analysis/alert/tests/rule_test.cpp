#define BOOST_TEST_MODULE alert
#include <boost/test/unit_test.hpp>

#include "alert/rule.hpp"

using namespace isobar;

BOOST_AUTO_TEST_CASE(a_rule_names_its_warning)
{
  const auto rule = parse_rule("hard frost: temperature < -10");
  BOOST_REQUIRE(rule);
  BOOST_TEST(rule->warning == "hard frost");
  BOOST_TEST(rule->threshold == -10.0);
}

BOOST_AUTO_TEST_CASE(other_forms_are_refused)
{
  for (const char* text : {"", "storm", "storm: wind", "storm: wind = 3", "storm: rain > 3",
                           ": wind > 3", "storm: wind > fast"}) {
    BOOST_TEST(!parse_rule(text), text);
  }
}

BOOST_AUTO_TEST_CASE(a_rule_applies_beyond_its_threshold)
{
  const auto storm = parse_rule("storm: wind > 24.5").value();
  BOOST_TEST(applies(storm, {{10.0}, {990.0}, {25.0}}));
  BOOST_TEST(!applies(storm, {{10.0}, {990.0}, {24.5}}));
}
