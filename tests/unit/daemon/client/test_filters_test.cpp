// What `winnow run` and `winnow ctest` make of names, patterns and labels alike.
#include "daemon/client/test_filters.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::client;

namespace {

using Indices = std::vector<std::size_t>;

struct Listing {
  Listing()
  {
    add("net", "open", {"fast"});
    add("net", "open.slow", {"slow", "net"});
    add("disk", "open", {"slow"});
    add("disk", "close", {});
  }

  TestDescription& add(const std::string& directory, const std::string& name,
                       std::vector<std::string> labels)
  {
    TestDescription& test = tests.emplace_back();
    test.key = {directory, name};
    test.properties.edit().labels = std::move(labels);
    return test;
  }

  [[nodiscard]] Indices of(const TestFilters& filters) const
  {
    const auto chosen = filtered(tests, filters);
    BOOST_REQUIRE(chosen.has_value());
    return *chosen;
  }

  std::vector<TestDescription> tests;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(test_filters, Listing)

BOOST_AUTO_TEST_CASE(a_name_means_all_of_that_name_or_one_with_its_directory)
{
  BOOST_TEST(of({.names = {"open"}}) == (Indices{0, 2}), boost::test_tools::per_element());
  BOOST_TEST(of({.names = {"disk/open", "close"}}) == (Indices{2, 3}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(each_of_several_patterns_must_match)
{
  BOOST_TEST(of({.include = {"open", "slow"}}) == (Indices{1}), boost::test_tools::per_element());
  BOOST_TEST(of({.exclude = {"open", "slow"}}) == (Indices{0, 2, 3}),
             boost::test_tools::per_element());
  BOOST_TEST(of({.label_include = {"slow", "n"}}) == (Indices{1}),
             boost::test_tools::per_element());
  BOOST_TEST(of({.label_exclude = {"slow", "n"}}) == (Indices{0, 2, 3}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_fixture_brings_candidates_only)
{
  tests[0].properties.edit().fixtures_required = {"f"};
  tests[1].properties.edit().fixtures_setup = {"f"};
  tests[3].properties.edit().fixtures_cleanup = {"f"};
  BOOST_TEST(with_fixtures(tests, Indices{0}) == (Indices{0, 1, 3}),
             boost::test_tools::per_element());
  const auto added = missing_companions(tests, Indices{0}, Indices{0, 2, 3}, {});
  BOOST_REQUIRE_EQUAL(added.size(), 1U);
  BOOST_TEST(added.front().test == 3U);
}

BOOST_AUTO_TEST_CASE(name_only_tests_that_there_are)
{
  const Listing listing;
  TestFilters filters;
  filters.names = {"close", "net/open", "open.slow"};
  BOOST_TEST(name_of_no_test(listing.tests, filters) == "");
  filters.names = {"close", "disk/open.slow"};
  BOOST_TEST(name_of_no_test(listing.tests, filters) == "disk/open.slow");
}

BOOST_AUTO_TEST_SUITE_END()
