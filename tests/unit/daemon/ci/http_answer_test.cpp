// Tests of which answers are asked for again, and when.
#include "daemon/ci/http_answer.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow::ci;
using std::chrono::milliseconds;

namespace {

long wait_after(int status, int attempt, std::map<std::string, std::string> headers = {})
{
  const auto wait = wait_before_retry({status, std::move(headers), "", ""}, attempt);
  return wait ? static_cast<long>(wait->count()) : -1;
}

} // namespace

BOOST_AUTO_TEST_SUITE(http_answers)

BOOST_AUTO_TEST_CASE(waits_double_until_patience_ends)
{
  for (const int status : {0, 408, 429, 500, 502, 503, 504}) {
    BOOST_TEST(wait_after(status, 1) == 500);
    BOOST_TEST(wait_after(status, 2) == 1000);
    BOOST_TEST(wait_after(status, 4) == 4000);
    BOOST_TEST(wait_after(status, 5) == -1);
  }
}

BOOST_AUTO_TEST_CASE(what_is_final_is_not_asked_for_again)
{
  for (const int status : {200, 203, 302, 400, 401, 403, 404}) {
    BOOST_TEST(wait_after(status, 1) == -1);
  }
}

BOOST_AUTO_TEST_CASE(a_server_says_when_to_come_back_within_reason)
{
  BOOST_TEST(wait_after(503, 1, {{"retry-after", "7"}}) == 7000);
  BOOST_TEST(wait_after(503, 1, {{"retry-after", "3600"}}) == -1);
  BOOST_TEST(wait_after(503, 1, {{"retry-after", "Wed, 21 Oct 2026 07:28:00 GMT"}}) == 500);
  BOOST_TEST(wait_after(403, 1, {{"x-ratelimit-remaining", "0"}}) == -1);
  BOOST_TEST(wait_after(403, 1, {{"x-ratelimit-remaining", "0"}, {"retry-after", "2"}}) == 2000);
  BOOST_TEST(wait_after(403, 1, {{"x-ratelimit-remaining", "99"}, {"retry-after", "2"}}) == 2000);
  BOOST_TEST(wait_after(403, 1, {{"x-ratelimit-remaining", "99"}}) == -1);
}

BOOST_AUTO_TEST_CASE(what_is_too_large_stays_so)
{
  Answer answer;
  answer.too_large = true;
  BOOST_TEST(!wait_before_retry(answer, 1));
  BOOST_TEST(error_of(answer, "GitHub", "").message.find("too large") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
