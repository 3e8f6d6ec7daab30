// Reads the variables of each system.
#include "daemon/ci/ci_place.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <fmt/format.h>

#include <initializer_list>
#include <utility>

namespace winnow::ci {
namespace {

/// "host" and "path" of https://host/path.git, ssh://git@host/path and git@host:path.
struct Remote {
  std::string host;
  std::string path;
};

Remote remote_of(std::string_view url)
{
  Remote remote;
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) {
    url.remove_prefix(scheme + 3);
    const std::size_t slash = std::min(url.find('/'), url.size());
    remote.host = url.substr(0, slash);
    remote.path = url.substr(std::min(slash + 1, url.size()));
  } else if (const std::size_t colon = url.find(':'); colon != std::string_view::npos) {
    remote.host = url.substr(0, colon);
    remote.path = url.substr(colon + 1);
  }
  remote.host.erase(0, remote.host.find('@') + 1);
  remote.host = remote.host.substr(0, remote.host.find(':'));
  while (remote.path.ends_with('/')) {
    remote.path.pop_back();
  }
  if (remote.path.ends_with(".git")) {
    remote.path.resize(remote.path.size() - 4);
  }
  return remote;
}

std::string first_of(const Environment& environment, std::initializer_list<const char*> names)
{
  for (const char* name : names) {
    if (std::string value = environment(name); !value.empty()) {
      return value;
    }
  }
  return {};
}

std::string branch_of(std::string name)
{
  constexpr std::string_view prefix = "refs/heads/";
  return name.starts_with(prefix) ? name.substr(prefix.size()) : name;
}

void fill_github(Place& place, const Remote& remote, const Environment& environment)
{
  place.api = environment("GITHUB_API_URL");
  if (place.api.empty() && !remote.host.empty()) {
    place.api = remote.host == "github.com" ? "https://api.github.com"
                                            : fmt::format("https://{}/api/v3", remote.host);
  }
  place.project = environment("GITHUB_REPOSITORY");
  if (place.pipeline.empty()) { // owner/name/.github/workflows/ci.yml@refs/heads/main
    const std::string reference = environment("GITHUB_WORKFLOW_REF");
    const std::string file = reference.substr(0, reference.find('@'));
    place.pipeline = file.substr(file.rfind('/') + 1);
  }
  if (place.branch.empty()) {
    place.branch = first_of(environment, {"GITHUB_BASE_REF", "GITHUB_REF_NAME"});
  }
  place.token = first_of(environment, {"GITHUB_TOKEN", "GH_TOKEN"});
  if (place.project.empty()) {
    place.project = remote.path;
  }
}

void fill_gitlab(Place& place, const Remote& remote, const Environment& environment)
{
  place.api = environment("CI_API_V4_URL");
  if (place.api.empty() && !remote.host.empty()) {
    place.api = fmt::format("https://{}/api/v4", remote.host);
  }
  place.project = environment("CI_PROJECT_ID");
  if (place.branch.empty()) {
    place.branch =
        first_of(environment, {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "CI_COMMIT_BRANCH"});
  }
  place.token = environment("GITLAB_TOKEN");
  place.credential = Credential::private_token;
  if (place.project.empty()) {
    place.project = remote.path;
  }
}

/// dev.azure.com/ORGANISATION/PROJECT/_git/NAME, or v3/ORGANISATION/PROJECT/NAME by SSH.
std::pair<std::string, std::string> azure_project_of(const Remote& remote)
{
  std::string path = remote.path.starts_with("v3/") ? remote.path.substr(3) : remote.path;
  const std::size_t first = path.find('/');
  if (first == std::string::npos || remote.host.find("dev.azure.com") == std::string::npos) {
    return {};
  }
  const std::size_t second = std::min(path.find('/', first + 1), path.size());
  return {"https://dev.azure.com/" + path.substr(0, first),
          path.substr(first + 1, second - first - 1)};
}

void fill_azure(Place& place, const Remote& remote, const Environment& environment)
{
  const auto [organisation, project] = azure_project_of(remote);
  place.api = first_of(environment, {"SYSTEM_COLLECTIONURI", "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI"});
  place.project = environment("SYSTEM_TEAMPROJECT");
  if (place.pipeline.empty()) {
    place.pipeline = environment("SYSTEM_DEFINITIONID");
  }
  if (place.branch.empty()) {
    place.branch = first_of(environment, {"SYSTEM_PULLREQUEST_TARGETBRANCH", "BUILD_SOURCEBRANCH"});
  }
  place.token = environment("SYSTEM_ACCESSTOKEN");
  if (place.token.empty()) {
    place.token = environment("AZURE_DEVOPS_EXT_PAT");
    place.credential = Credential::password;
  }
  if (place.api.empty()) {
    place.api = organisation;
  }
  if (place.project.empty()) {
    place.project = project;
  }
}

/// How to get what a place lacks.
struct Advice {
  std::string_view name;
  std::string_view api;
  std::string_view pipeline;
  std::string_view token;
};

Advice advice_on(System system)
{
  switch (system) {
  case System::azure:
    return {
        "Azure", "set SYSTEM_COLLECTIONURI and SYSTEM_TEAMPROJECT, or add a remote `origin`",
        "set SYSTEM_DEFINITIONID, or name the definition's number with --ci-pipeline",
        "pass it to the step as `env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)`, or set your own "
        "as AZURE_DEVOPS_EXT_PAT (right: Build, read)"};
  case System::github:
    return {"GitHub", "set GITHUB_API_URL and GITHUB_REPOSITORY, or add a remote `origin`",
            "name the workflow's file with --ci-pipeline, as in --ci-pipeline ci.yml",
            "pass it to the step as `env: GITHUB_TOKEN: ${{ github.token }}` with the permission "
            "`actions: read`, or set your own as GH_TOKEN"};
  case System::gitlab:
    break;
  }
  return {"GitLab", "set CI_API_V4_URL and CI_PROJECT_ID, or add a remote `origin`", "",
          "set GITLAB_TOKEN, a project or personal access token (scope: read_api)"};
}

bool is_this_machine(std::string_view host)
{
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

Result<void> check_address(const Place& place)
{
  const auto url = boost::urls::parse_uri(place.api);
  if (url && url->has_authority() && !url->has_userinfo() &&
      (url->scheme() == "https" ||
       (url->scheme() == "http" && is_this_machine(url->encoded_host())))) {
    return {};
  }
  return user_error(fmt::format("\"{}\" is no https:// address of a CI system", place.api));
}

} // namespace

Result<Place> place_of(System system, const Wanted& wanted, const Environment& environment)
{
  Place place;
  place.system = system;
  place.branch = wanted.branch;
  place.pipeline = wanted.pipeline;
  const Remote remote = remote_of(wanted.remote_url);
  switch (system) {
  case System::azure:
    fill_azure(place, remote, environment);
    break;
  case System::github:
    fill_github(place, remote, environment);
    break;
  case System::gitlab:
    fill_gitlab(place, remote, environment);
    break;
  }
  while (place.api.ends_with('/')) {
    place.api.pop_back();
  }
  place.branch = branch_of(place.branch);
  const Advice advice = advice_on(system);
  const auto missing = [&](std::string_view what, std::string_view how) {
    return user_error(fmt::format("{} cannot be asked without {}: {}", advice.name, what, how));
  };
  if (place.api.empty() || place.project.empty()) {
    return missing("the address of the project", advice.api);
  }
  if (place.pipeline.empty() && !advice.pipeline.empty()) {
    return missing("a pipeline", advice.pipeline);
  }
  if (place.branch.empty()) {
    return missing("a branch", "name it, as in --since-last-green main");
  }
  if (place.token.empty()) {
    return missing("a token", advice.token);
  }
  const Result<void> checked = check_address(place);
  return checked ? Result<Place>(std::move(place)) : Result<Place>(checked.error());
}

} // namespace winnow::ci
