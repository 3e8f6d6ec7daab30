// Tests two changes joined to one.
#include "analyzer/select/joined_change.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::change_of;

BOOST_AUTO_TEST_SUITE(joined_changes)

BOOST_AUTO_TEST_CASE(a_path_appears_once_as_git_has_it)
{
  const Change change = joined(change_of({"+b", "old>new"}), {{"a", ChangeStatus::modified, {}},
                                                              {"b", ChangeStatus::modified, {}},
                                                              {"old", ChangeStatus::deleted, {}}});
  BOOST_REQUIRE_EQUAL(change.files.size(), 3U);
  BOOST_TEST(change.files[0].path == "a");
  BOOST_TEST((change.files[1].status == ChangeStatus::added));
  BOOST_TEST((change.files[2].status == ChangeStatus::renamed));
}

BOOST_AUTO_TEST_CASE(what_came_since_either_state_has_come)
{
  const Change change = joined(change_of({"a", "-b"}),
                               {{"a", ChangeStatus::added, {}}, {"b", ChangeStatus::modified, {}}});
  BOOST_REQUIRE_EQUAL(change.files.size(), 2U);
  BOOST_TEST((change.files[0].status == ChangeStatus::added));
  BOOST_TEST((change.files[1].status == ChangeStatus::deleted));
}

BOOST_AUTO_TEST_SUITE_END()
