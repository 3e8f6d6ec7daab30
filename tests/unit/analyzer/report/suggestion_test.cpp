// Which word is suggested for a mistyped one.
#include "analyzer/report/suggestion.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

using winnow::report::nearest;

BOOST_AUTO_TEST_SUITE(suggestions)

BOOST_AUTO_TEST_CASE(are_near_words_only)
{
  const std::vector<std::string> words{"--since", "--from", "--files", "affected"};
  BOOST_TEST(nearest("--sinec", words) == "--since");
  BOOST_TEST(nearest("--form", words) == "--from");
  BOOST_TEST(nearest("afected", words) == "affected");
  BOOST_TEST(nearest("--quick", words).empty());
  BOOST_TEST(nearest("x", {}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
