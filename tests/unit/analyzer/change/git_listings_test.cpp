// Listings as git prints them.
#include "analyzer/change/commit_state.hpp"
#include "analyzer/change/git_command.hpp"
#include "analyzer/change/hidden_files.hpp"
#include "analyzer/change/work_tree_diff.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::change;
using namespace std::string_literals;

namespace {

const std::string id(40, 'a');
const Roots roots{"/top/source", "/top/source/build", "", ""};
const Repository repository{"/top", "source/", false};

} // namespace

BOOST_AUTO_TEST_SUITE(listings_of_git)

BOOST_AUTO_TEST_CASE(of_a_tree_tell_contents_and_submodules)
{
  const std::string listing = "100644 blob " + id + "\tsource/a b.cpp\0"s + "160000 commit " + id +
                              "\tsource/sub\0"s + "100755 blob x\tsource/odd\0"s;
  const Result<SourceState> state = state_in_listing(listing, repository, roots, "c0ffee");
  BOOST_TEST_REQUIRE(state.has_value());
  BOOST_TEST(state->commit == "c0ffee");
  BOOST_TEST(state->files.find("a b.cpp")->hex() == id);
  BOOST_TEST(!state->files.find("odd")->known());
  BOOST_TEST(!state->files.contains("sub"));
  BOOST_TEST(state->submodules.contains("sub"));
}

BOOST_AUTO_TEST_CASE(of_a_tree_that_are_none_are_errors)
{
  for (const std::string& listing : {"100644"s, "a b c"s, "\tpath"s}) {
    const Result<SourceState> state = state_in_listing(listing, repository, roots, "c0ffee");
    BOOST_TEST_REQUIRE(!state);
    BOOST_TEST((state.error().kind == ErrorKind::data));
  }
}

BOOST_AUTO_TEST_CASE(of_the_index_tell_what_git_does_not_look_at)
{
  const std::vector<std::string> hidden =
      hidden_files_in("H a.cpp\0S b c.cpp\0h d.cpp\0M e.cpp\0s f.cpp\0S\0"s);
  const std::vector<std::string> expected{"b c.cpp", "d.cpp", "f.cpp"};
  BOOST_TEST(hidden == expected, boost::test_tools::per_element());
  BOOST_TEST(hidden_files_in("").empty());
}

BOOST_AUTO_TEST_CASE(that_failed_for_want_of_mappings_are_asked_for_otherwise)
{
  const std::vector<std::string> diff{"diff", "--raw"};
  const GitOutput full{128, "", "fatal: mmap failed: Cannot allocate memory"};
  const auto unmapped = unmapped_diff(diff, full);
  BOOST_TEST_REQUIRE(unmapped.has_value());
  const std::vector<std::string> expected{"-c", "diff.autoRefreshIndex=false", "diff", "--raw"};
  BOOST_TEST(*unmapped == expected, boost::test_tools::per_element());
  BOOST_TEST(!unmapped_diff(diff, GitOutput{128, "", "fatal: bad revision"}));
  BOOST_TEST(!unmapped_diff(diff, GitOutput{0, "", "mmap failed"}));
  BOOST_TEST(!unmapped_diff(diff, environment_error("no git")));
}

BOOST_AUTO_TEST_SUITE_END()
