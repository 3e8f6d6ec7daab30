// Tests of where a CI system is asked, from the variables of a job or a clone's remote.
#include "daemon/ci/ci_place.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>

using namespace winnow;
using namespace winnow::ci;

namespace {

Result<Place> place_with(System system, const Wanted& wanted,
                         const std::map<std::string, std::string>& variables)
{
  return place_of(system, wanted, [&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::string() : found->second;
  });
}

std::string project_at(System system, std::string remote)
{
  const auto place =
      place_with(system, {"main", "7", std::move(remote)},
                 {{"GH_TOKEN", "t"}, {"GITLAB_TOKEN", "t"}, {"AZURE_DEVOPS_EXT_PAT", "t"}});
  return place ? place->api + " " + place->project : "error: " + place.error().message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(ci_places)

BOOST_AUTO_TEST_CASE(remotes_of_all_forms_tell_the_project)
{
  for (const char* remote :
       {"git@github.com:acme/big.git", "https://github.com/acme/big",
        "https://user@github.com/acme/big.git/", "ssh://git@github.com:22/acme/big.git"}) {
    BOOST_TEST(project_at(System::github, remote) == "https://api.github.com acme/big", remote);
  }
  BOOST_TEST(project_at(System::github, "git@acme.ghe.com:acme/big.git") ==
             "https://api.acme.ghe.com acme/big");
  BOOST_TEST(project_at(System::gitlab, "git@gitlab.com:acme/deep/big.git") ==
             "https://gitlab.com/api/v4 acme/deep/big");
  for (const char* remote :
       {"https://dev.azure.com/acme/big/_git/code", "https://acme@dev.azure.com/acme/big/_git/code",
        "https://dev.azure.com/acme/_git/big", "git@ssh.dev.azure.com:v3/acme/big/code"}) {
    BOOST_TEST(project_at(System::azure, remote) == "https://dev.azure.com/acme big", remote);
  }
  BOOST_TEST(project_at(System::azure, "https://dev.azure.com/acme/Big%20One/_git/code") ==
             "https://dev.azure.com/acme Big One");
}

BOOST_AUTO_TEST_CASE(a_token_is_not_shown_to_any_host_that_a_remote_names)
{
  const auto token_for = [](System system, std::string remote,
                            const std::map<std::string, std::string>& more) {
    std::map<std::string, std::string> variables{{"GH_TOKEN", "public"}, {"GITLAB_TOKEN", "lab"}};
    variables.insert(more.begin(), more.end());
    const auto place = place_with(system, {"main", "ci.yml", std::move(remote)}, variables);
    return place ? place->api + " " + place->token : std::string("refused");
  };
  const std::string server = "https://git.example.org:8443/acme/big.git";
  BOOST_TEST(token_for(System::github, server, {}) == "refused");
  BOOST_TEST(token_for(System::github, "git@gitlab.com:acme/big.git", {}) == "refused");
  BOOST_TEST(token_for(System::github, server, {{"GH_ENTERPRISE_TOKEN", "own"}}) ==
             "https://git.example.org:8443/api/v3 own");
  BOOST_TEST(token_for(System::gitlab, server, {}) == "refused");
  BOOST_TEST(token_for(System::gitlab, "git@github.com:acme/big.git", {}) == "refused");
  BOOST_TEST(token_for(System::gitlab, server, {{"GITLAB_HOST", "git.example.org"}}) ==
             "https://git.example.org:8443/api/v4 lab");
}

BOOST_AUTO_TEST_CASE(a_remote_that_tells_nothing_is_an_error)
{
  for (const char* remote : {"", "/srv/git/big.git", "nonsense"}) {
    BOOST_TEST(project_at(System::azure, remote).starts_with("error: Azure cannot be asked"),
               remote);
    BOOST_TEST(project_at(System::github, remote).starts_with("error: "), remote);
  }
}

BOOST_AUTO_TEST_CASE(a_token_goes_to_nobody_but_https_and_this_machine)
{
  const auto with_api = [](std::string api) {
    return place_with(System::github, {"main", "ci.yml", ""},
                      {{"GITHUB_API_URL", std::move(api)},
                       {"GITHUB_REPOSITORY", "a/b"},
                       {"GITHUB_TOKEN", "t"}})
        .has_value();
  };
  BOOST_TEST(with_api("https://api.example.org/"));
  BOOST_TEST(with_api("http://127.0.0.1:80"));
  BOOST_TEST(with_api("http://localhost"));
  for (const char* api : {"http://example.org", "http://localhost.example.org", "ftp://localhost",
                          "file:///etc/passwd", "https://a:b@example.org", "https:", "x"}) {
    BOOST_TEST(!with_api(api), api);
  }
}

BOOST_AUTO_TEST_CASE(what_is_said_goes_before_what_the_job_says)
{
  const std::map<std::string, std::string> job{
      {"GITHUB_API_URL", "https://api.github.com"},
      {"GITHUB_REPOSITORY", "acme/big"},
      {"GITHUB_TOKEN", "t"},
      {"GITHUB_REF_NAME", "work"},
      {"GITHUB_BASE_REF", "main"},
      {"GITHUB_WORKFLOW_REF", "acme/big/.github/workflows/ci.yml@refs/heads/main"}};
  const auto of_job = place_with(System::github, {"", "", "git@github.com:fork/big.git"}, job);
  BOOST_TEST(of_job->project == "acme/big");
  BOOST_TEST(of_job->branch == "main");
  BOOST_TEST(of_job->pipeline == "ci.yml");
  const auto said = place_with(System::github, {"refs/heads/release", "other.yml", ""}, job);
  BOOST_TEST(said->branch == "release");
  BOOST_TEST(said->pipeline == "other.yml");
}

BOOST_AUTO_TEST_SUITE_END()
