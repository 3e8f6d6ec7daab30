// What copies have in common, and when no longer.
#include "analyzer/model/shared.hpp"
#include "analyzer/model/test_description.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;

namespace {

bool are_one(const Shared<std::string>& left, const Shared<std::string>& right)
{
  return &*left == &*right;
}

} // namespace

BOOST_AUTO_TEST_SUITE(shared)

BOOST_AUTO_TEST_CASE(copies_are_one_until_one_is_edited)
{
  const Shared<std::string> first(std::string("as it was"));
  Shared<std::string> second = first;
  BOOST_TEST(are_one(first, second));
  second.edit() += ", and more";
  BOOST_TEST(*first == "as it was");
  BOOST_TEST(*second == "as it was, and more");
}

BOOST_AUTO_TEST_CASE(what_nobody_gave_a_value_is_not_edited_with_another)
{
  Shared<std::string> first;
  const Shared<std::string> second;
  first.edit() = "changed";
  BOOST_TEST(second->empty());
}

BOOST_AUTO_TEST_CASE(equal_values_become_one_and_others_stay)
{
  const Shared<std::string> before(std::string("alike"));
  Shared<std::string> same(std::string("alike"));
  Shared<std::string> other(std::string("unlike"));
  BOOST_TEST((same == before));
  same.share_with(before);
  other.share_with(before);
  BOOST_TEST(are_one(same, before));
  BOOST_TEST(*other == "unlike");
}

BOOST_AUTO_TEST_CASE(neighbouring_tests_share_their_properties)
{
  std::vector<TestDescription> tests(4);
  for (std::size_t i = 0; i < tests.size(); ++i) {
    tests[i].properties.edit().labels = {i == 2 ? "slow" : "quick"};
  }
  share_properties(tests);
  BOOST_TEST(&*tests[0].properties == &*tests[1].properties);
  BOOST_TEST(tests[2].properties->labels.front() == "slow");
  BOOST_TEST(tests[3].properties->labels.front() == "quick");
}

BOOST_AUTO_TEST_SUITE_END()
