// Tests of turning pages until a build is of a known commit.
#include "daemon/ci/last_green.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::ci;

namespace {

const Place place{System::gitlab,           "https://ci.example.org", "7", "", "main", "t",
                  Credential::private_token};
const std::string known(40, 'a');
const std::string other(40, 'b');

/// Answers with one commit a page; behind the last one `after` comes next.
struct Pages {
  std::vector<std::string> commits;
  std::string after;
  std::size_t asked = 0;

  Answer operator()(const Request&)
  {
    const std::string next = asked + 1 < commits.size() ? std::to_string(asked + 2) : after;
    const std::string& commit = commits.at(std::min(asked, commits.size() - 1));
    ++asked;
    return {200, {{"x-next-page", next}}, R"([{"sha":")" + commit + R"("}])", "", false};
  }
};

std::string green(Pages& pages, bool shallow = false)
{
  const auto found = last_green(place, {{known}, shallow}, std::ref(pages));
  return found ? *found : "error: " + found.error().message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(last_greens)

BOOST_AUTO_TEST_CASE(no_page_is_asked_for_behind_the_one_that_has_it)
{
  Pages pages{{other, known, known}, "", 0};
  BOOST_TEST(green(pages) == known);
  BOOST_TEST(pages.asked == 2U);
}

BOOST_AUTO_TEST_CASE(none_is_no_error_unless_the_clone_is_shallow)
{
  Pages pages{{other}, "", 0};
  BOOST_TEST(green(pages).empty());
  pages.asked = 0;
  BOOST_TEST(green(pages, true).find("--unshallow") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(pages_without_end_end)
{
  Pages same{{other}, "1", 0};
  BOOST_TEST(green(same).empty());
  BOOST_TEST(same.asked == 2U);
  Pages many{std::vector<std::string>(1000, other), "", 0};
  BOOST_TEST(green(many).empty());
  BOOST_TEST(many.asked == 20U);
}

BOOST_AUTO_TEST_SUITE_END()
