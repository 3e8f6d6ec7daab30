// Tests of the requests for builds, and of what answers say.
#include "daemon/ci/builds_query.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow;
using namespace winnow::ci;

namespace {

const std::string commit(40, 'a');

Place place(System system, Credential credential = Credential::bearer)
{
  return {system,    "https://ci.example.org", "acme/big repo", "ci.yml", "feature/x&y", "t0ken",
          credential};
}

std::string next_of(System system, std::map<std::string, std::string> headers, std::string body)
{
  const auto page = builds_in(place(system), {200, std::move(headers), std::move(body), ""});
  return page ? page->next : "error: " + page.error().message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(builds_queries)

BOOST_AUTO_TEST_CASE(names_cannot_leave_their_place_in_an_address)
{
  const std::string azure = builds_request(place(System::azure), "a&b").url;
  BOOST_TEST(azure.find("/acme%2Fbig%20repo/_apis/") != std::string::npos);
  BOOST_TEST(azure.find("branchName=refs%2Fheads%2Ffeature%2Fx%26y&") != std::string::npos);
  BOOST_TEST(azure.find("&continuationToken=a%26b&") != std::string::npos);
  const std::string gitlab = builds_request(place(System::gitlab), "").url;
  BOOST_TEST(gitlab.find("/projects/acme%2Fbig%20repo/pipelines?ref=feature%2Fx%26y&") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_token_is_in_no_address)
{
  for (const Credential credential :
       {Credential::bearer, Credential::password, Credential::private_token}) {
    const Request request = builds_request(place(System::azure, credential), "");
    BOOST_TEST(request.url.find("t0ken") == std::string::npos);
    BOOST_TEST((request.password == "t0ken") == (credential == Credential::password));
  }
}

BOOST_AUTO_TEST_CASE(the_next_page_is_what_each_system_says)
{
  BOOST_TEST(next_of(System::azure, {{"x-ms-continuationtoken", "c"}}, R"({"value":[]})") == "c");
  BOOST_TEST(next_of(System::gitlab, {{"x-next-page", "3"}}, "[]") == "3");
  BOOST_TEST(next_of(System::gitlab, {{"x-next-page", ""}}, "[]") == "");
  const std::string link =
      "<https://x/runs?per_page=100&page=1>; rel=\"prev\", "
      "<https://x/runs?page=3&per_page=100>; rel=\"next\", <https://x?page=9>; rel=\"last\"";
  BOOST_TEST(next_of(System::github, {{"link", link}}, R"({"workflow_runs":[]})") == "3");
  BOOST_TEST(next_of(System::github, {{"link", "<https://x?page=9>; rel=\"last\""}},
                     R"({"workflow_runs":[]})") == "");
}

BOOST_AUTO_TEST_CASE(runs_of_pull_requests_are_no_builds_of_a_branch)
{
  const auto commits = [](std::string members) {
    const std::string body =
        R"({"workflow_runs":[{"head_sha":")" + commit + R"(",)" + std::move(members) + "}]}";
    return builds_in(place(System::github), {200, {}, body, ""})->commits.size();
  };
  BOOST_TEST(commits(R"("event":"push","head_repository":{"full_name":"acme/big repo"})") == 1U);
  BOOST_TEST(commits(R"("event":"push","head_repository":null)") == 1U);
  BOOST_TEST(commits(R"("event":"pull_request")") == 0U);
  BOOST_TEST(commits(R"("event":"pull_request_target")") == 0U);
  BOOST_TEST(commits(R"("event":"push","head_repository":{"full_name":"fork/big repo"})") == 0U);
}

BOOST_AUTO_TEST_CASE(only_commits_count)
{
  const std::string body = R"([{"sha":")" + commit + R"("},{"sha":"--x"},{"sha":1},{}])";
  const auto page = builds_in(place(System::gitlab), {200, {}, body, ""});
  BOOST_TEST(page->commits == std::vector<std::string>{commit}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
