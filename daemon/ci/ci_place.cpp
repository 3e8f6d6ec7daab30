// Reads the variables of each system.
#include "daemon/ci/ci_place.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/pct_string_view.hpp>
#include <boost/url/url_view.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <utility>
#include <vector>

namespace winnow::ci {
namespace {

/// Of https://host:port/path.git, ssh://git@host/path and git@host:path.
struct Remote {
  std::string host;
  std::string address; ///< the host, with the port of an https remote
  std::string path;    ///< without a slash at its ends; no escapes
};

std::string unescaped(const std::string& path)
{
  const auto escaped = boost::urls::make_pct_string_view(path);
  return escaped ? escaped->decode() : path;
}

Remote remote_of(std::string_view url)
{
  Remote remote;
  const std::size_t scheme = url.find("://");
  const bool is_url = scheme != std::string_view::npos;
  const bool is_web = url.starts_with("https://") || url.starts_with("http://");
  const std::string_view rest = is_url ? url.substr(scheme + 3) : url;
  const std::size_t end = rest.find(is_url ? '/' : ':');
  if (end == std::string_view::npos) {
    return remote;
  }
  remote.address = rest.substr(0, end);
  remote.address.erase(0, remote.address.rfind('@') + 1);
  remote.host = remote.address.substr(0, remote.address.find(':'));
  if (!is_web) {
    remote.address = remote.host; // a port of SSH is not one of the API
  }
  std::string_view path = rest.substr(end + 1);
  while (path.ends_with('/')) {
    path.remove_suffix(1);
  }
  if (path.ends_with(".git")) {
    path.remove_suffix(4);
  }
  remote.path = is_web ? unescaped(std::string(path)) : std::string(path);
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
  const bool is_in_job = !place.api.empty();
  const bool is_githubs = remote.host == "github.com" || remote.host.ends_with(".ghe.com");
  if (place.api.empty() && !remote.address.empty()) {
    place.api = remote.host == "github.com" ? "https://api.github.com"
                : remote.host.ends_with(".ghe.com")
                    ? fmt::format("https://api.{}", remote.address)
                    : fmt::format("https://{}/api/v3", remote.address);
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
  // As gh has it: a token of github.com is not shown to another host that a remote names.
  place.token = is_in_job || is_githubs
                    ? first_of(environment, {"GITHUB_TOKEN", "GH_TOKEN"})
                    : first_of(environment, {"GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"});
  if (place.project.empty()) {
    place.project = remote.path;
  }
}

void fill_gitlab(Place& place, const Remote& remote, const Environment& environment)
{
  place.api = environment("CI_API_V4_URL");
  if (place.api.empty() && (remote.host == "gitlab.com" ||
                            (!remote.host.empty() && remote.host == environment("GITLAB_HOST")))) {
    place.api = fmt::format("https://{}/api/v4", remote.address);
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

/// An Azure remote's organisation, as an address, and project:
/// dev.azure.com/ORGANISATION/PROJECT/_git/NAME, v3/ORGANISATION/PROJECT/NAME by SSH, and without
/// PROJECT/ where the repository is called as its project.
std::pair<std::string, std::string> azure_project_of(const Remote& remote)
{
  const std::string path = remote.path.starts_with("v3/") ? remote.path.substr(3) : remote.path;
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    parts.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  const bool is_azure = remote.host == "dev.azure.com" || remote.host == "ssh.dev.azure.com";
  if (!is_azure || parts.size() < 3) {
    return {};
  }
  return {"https://dev.azure.com/" + parts[0], parts[1] == "_git" ? parts[2] : parts[1]};
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
            "`actions: read`, or set your own as GH_TOKEN (GH_ENTERPRISE_TOKEN for a server of "
            "your own)"};
  case System::gitlab:
    break;
  }
  return {"GitLab",
          "set CI_API_V4_URL and CI_PROJECT_ID; a remote `origin` tells both only of gitlab.com, "
          "or of the "
          "host in GITLAB_HOST",
          "", "set GITLAB_TOKEN, a project or personal access token (scope: read_api)"};
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

std::optional<System> system_called(std::string_view name)
{
  constexpr std::pair<std::string_view, System> systems[] = {
      {"azure", System::azure}, {"github", System::github}, {"gitlab", System::gitlab}};
  const auto* found = std::ranges::find(systems, name, &std::pair<std::string_view, System>::first);
  return found == std::end(systems) ? std::nullopt : std::optional(found->second);
}

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
