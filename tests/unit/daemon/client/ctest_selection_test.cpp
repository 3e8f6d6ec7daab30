// Which tests ctest's filters select; every expectation was taken from `ctest -N` of 3.25.
#include "daemon/client/ctest_selection.hpp"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <string>
#include <vector>

using winnow::TestDescription;
using winnow::client::select_tests;
using winnow::client::TestFilters;

namespace {

struct Fixtures {
  std::vector<std::string> setup;
  std::vector<std::string> required;
  std::vector<std::string> cleanup;
};

/// Tests of one directory, in order.
struct Listing {
  TestDescription& add(const std::string& name, std::vector<std::string> labels = {},
                       Fixtures fixtures = {})
  {
    TestDescription test;
    test.key.name = name;
    test.properties.labels = std::move(labels);
    test.properties.fixtures_setup = std::move(fixtures.setup);
    test.properties.fixtures_required = std::move(fixtures.required);
    test.properties.fixtures_cleanup = std::move(fixtures.cleanup);
    return tests.emplace_back(std::move(test));
  }

  /// "number:name" of the selected tests, separated by blanks.
  [[nodiscard]] std::string selected(const TestFilters& filters) const
  {
    const auto selection = select_tests(tests, filters);
    BOOST_REQUIRE(selection.has_value());
    std::string text;
    for (const auto& [number, test] : selection->tests) {
      text += fmt::format("{}{}:{}", text.empty() ? "" : " ", number, tests[test].key.name);
    }
    return text;
  }

  std::vector<TestDescription> tests;
};

/// A chain of fixtures: `user` needs q, whose setup needs q2, whose cleanup needs q3.
struct Chain : Listing {
  Chain()
  {
    add("off", {}, {.required = {"q"}}).properties.disabled = true;
    add("qs", {}, {.setup = {"q"}, .required = {"q2"}});
    add("q2s", {}, {.setup = {"q2"}, .required = {"q9"}}).properties.disabled = true;
    add("q2c", {}, {.required = {"q3"}, .cleanup = {"q2"}});
    add("q3s", {}, {.setup = {"q3"}});
    add("user", {}, {.required = {"q"}});
    add("q9s", {}, {.setup = {"q9"}});
  }
};

} // namespace

BOOST_AUTO_TEST_SUITE(ctest_selection)

BOOST_FIXTURE_TEST_CASE(names_match_anywhere, Listing)
{
  add("pass");
  add("fails");
  add("will_pass");
  BOOST_TEST(selected({}) == "1:pass 2:fails 3:will_pass");
  BOOST_TEST(selected({.include = {"pass"}}) == "1:pass 3:will_pass");
  BOOST_TEST(selected({.include = {"^pass|fail"}}) == "1:pass 2:fails");
  BOOST_TEST(selected({.include = {"s"}, .exclude = {"will"}}) == "1:pass 2:fails");
}

BOOST_FIXTURE_TEST_CASE(repeated_labels_must_all_match_some_label, Listing)
{
  add("both", {"fast", "core"});
  add("fast", {"fast"});
  add("none");
  BOOST_TEST(selected({.label_include = {"core"}}) == "1:both");
  BOOST_TEST(selected({.label_include = {"fast", "core"}}) == "1:both");
  BOOST_TEST(selected({.label_include = {"f.st"}}) == "1:both 2:fast");
  BOOST_TEST(selected({.label_exclude = {"fast"}}) == "3:none");
  BOOST_TEST(selected({.label_exclude = {"fast", "core"}}) == "2:fast 3:none");
  BOOST_TEST(selected({.label_include = {"^$"}}) == "");
}

BOOST_FIXTURE_TEST_CASE(fixtures_follow_transitively, Chain)
{
  BOOST_TEST(selected({.include = {"^user$"}}) == "2:qs 3:q2s 4:q2c 5:q3s 6:user");
  BOOST_TEST(selected({.include = {"^q2c$"}}) == "4:q2c 5:q3s");
}

BOOST_FIXTURE_TEST_CASE(a_setup_alone_brings_no_cleanup_of_its_own, Chain)
{
  BOOST_TEST(selected({.include = {"^q3s$"}}) == "5:q3s");
}

BOOST_FIXTURE_TEST_CASE(a_disabled_test_needs_no_fixture, Chain)
{
  BOOST_TEST(selected({.include = {"^off$"}}) == "1:off");
}

BOOST_FIXTURE_TEST_CASE(fixtures_come_back_after_an_exclusion_beside_an_inclusion, Chain)
{
  BOOST_TEST(selected({.include = {"user"}, .exclude = {"s$"}}) == "2:qs 3:q2s 4:q2c 5:q3s 6:user");
}

BOOST_FIXTURE_TEST_CASE(an_exclusion_alone_hides_tests_and_shifts_numbers, Chain)
{
  BOOST_TEST(selected({.exclude = {"s$"}}) == "1:off 2:q2c 3:user");
  BOOST_TEST(select_tests(tests, {.exclude = {"s$"}})->numbered == 3U);
  BOOST_TEST(select_tests(tests, {.include = {"user"}, .exclude = {"s$"}})->numbered == 7U);
}

BOOST_FIXTURE_TEST_CASE(a_broken_pattern_is_an_error_and_not_an_empty_run, Listing)
{
  add("a");
  BOOST_TEST(select_tests(tests, {.include = {"a("}}).has_error());
  BOOST_TEST(select_tests(tests, {.exclude = {"a("}}).has_error());
  BOOST_TEST(select_tests(tests, {.label_include = {"[a"}}).has_error());
  BOOST_TEST(select_tests(tests, {.label_exclude = {"a", "*"}}).has_error());
}

BOOST_AUTO_TEST_SUITE_END()
