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
  BOOST_TEST(project_at(System::github, "git@git.example.org:acme/big.git") ==
             "https://git.example.org/api/v3 acme/big");
  BOOST_TEST(project_at(System::gitlab, "git@git.example.org:acme/deep/big.git") ==
             "https://git.example.org/api/v4 acme/deep/big");
  for (const char* remote :
       {"https://dev.azure.com/acme/big/_git/code", "https://acme@dev.azure.com/acme/big/_git/code",
        "git@ssh.dev.azure.com:v3/acme/big/code"}) {
    BOOST_TEST(project_at(System::azure, remote) == "https://dev.azure.com/acme big", remote);
  }
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
