// What an interrupted run leaves for -F.
#include "daemon/client/ctest_checkpoint.hpp"
#include "daemon/client/ctest_selection.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <vector>

using namespace winnow;
using namespace winnow::client;
using Numbers = std::set<std::uint32_t>;

namespace {

struct Tree {
  Tree() { std::filesystem::create_directories(scratch / "Testing/Temporary"); }

  [[nodiscard]] Numbers done() const { return read_ctest_checkpoint(scratch.path()); }

  tests::ScratchDirectory scratch;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(ctest_checkpoints, Tree)

BOOST_AUTO_TEST_CASE(have_what_was_done)
{
  CTestCheckpoint(scratch.path(), CTestResume::begin_anew).done(7);
  CTestCheckpoint(scratch.path(), CTestResume::go_on).done(3);
  BOOST_TEST(done() == (Numbers{3, 7}), boost::test_tools::per_element());
  CTestCheckpoint(scratch.path(), CTestResume::begin_anew).done(1);
  BOOST_TEST(done() == Numbers{1}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(go_with_the_run)
{
  CTestCheckpoint checkpoint(scratch.path(), CTestResume::begin_anew);
  checkpoint.done(7);
  checkpoint.remove();
  BOOST_TEST(std::filesystem::is_empty(scratch / "Testing/Temporary"));
}

BOOST_AUTO_TEST_CASE(may_have_lines_that_are_none)
{
  std::ofstream(scratch / "Testing/Temporary/CTestCheckpoint.txt") << "2\n\nx\n99999999999\n5";
  BOOST_TEST(done() == (Numbers{2, 5}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(leave_the_rest_of_a_selection)
{
  CTestSelection all;
  all.tests = {{1, 0}, {3, 2}, {4, 3}};
  all.order = {2, 0, 1};
  const std::vector<TestDescription> tests(4);
  const CTestSelection rest = without_done(all, tests, {3, 9}, CTestAgreement::but_for_listed);
  BOOST_REQUIRE(rest.tests.size() == 2U);
  BOOST_TEST(rest.tests[1].number == 4U);
  BOOST_TEST(rest.done.size() == 1U);
  BOOST_TEST(rest.order == (std::vector<std::uint32_t>{1, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(leave_the_fixtures_of_the_rest_unless_strict)
{
  std::vector<TestDescription> tests(4);
  tests[0].properties.edit().fixtures_setup = {"deep"};
  tests[1].properties.edit().fixtures_setup = {"f"};
  tests[1].properties.edit().fixtures_required = {"deep"};
  tests[2].properties.edit().fixtures_required = {"f"};
  tests[3].properties.edit().fixtures_cleanup = {"f"};
  CTestSelection all;
  all.tests = {{1, 0}, {2, 1}, {3, 2}, {4, 3}};
  const std::set<std::uint32_t> done{1, 2, 4};
  BOOST_TEST(without_done(all, tests, done, CTestAgreement::but_for_listed).tests.size() == 4U);
  BOOST_TEST(without_done(all, tests, done, CTestAgreement::strict).tests.size() == 1U);
  BOOST_TEST(without_done(all, tests, {1, 2, 3, 4}, CTestAgreement::but_for_listed).tests.empty());
}

BOOST_AUTO_TEST_SUITE_END()
