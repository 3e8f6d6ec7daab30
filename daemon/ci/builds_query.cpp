// The builds APIs of three systems:
// - Azure DevOps, Builds - List (REST 7.1), paged by the header x-ms-continuationtoken;
// - GitHub, "List workflow runs for a workflow" (2022-11-28), paged by number;
// - GitLab, "List project pipelines" (v4), paged by the header x-next-page.
#include "daemon/ci/builds_query.hpp"

#include <boost/json.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <exception>
#include <utility>

namespace winnow::ci {
namespace {

namespace json = boost::json;

constexpr std::size_t builds_of_page = 100;

std::string encoded(std::string_view text)
{
  return boost::urls::encode(text, boost::urls::unreserved_chars);
}

std::string page_of(std::string_view page)
{
  return page.empty() ? "1" : encoded(page);
}

std::string url_of(const Place& place, std::string_view page)
{
  switch (place.system) {
  case System::azure:
    return fmt::format(
        "{}/{}/_apis/build/builds?definitions={}&branchName={}&resultFilter=succeeded&"
        "statusFilter=completed&queryOrder=finishTimeDescending&$top={}{}&"
        "api-version=7.1",
        place.api, encoded(place.project), encoded(place.pipeline),
        encoded("refs/heads/" + place.branch), builds_of_page,
        page.empty() ? "" : "&continuationToken=" + encoded(page));
  case System::github:
    return fmt::format("{}/repos/{}/actions/workflows/{}/runs?branch={}&status=success&"
                       "exclude_pull_requests=true&per_page={}&page={}",
                       place.api, place.project, encoded(place.pipeline), encoded(place.branch),
                       builds_of_page, page_of(page));
  case System::gitlab:
    break;
  }
  return fmt::format("{}/projects/{}/pipelines?ref={}&status=success&order_by=id&sort=desc&"
                     "per_page={}&page={}",
                     place.api, encoded(place.project), encoded(place.branch), builds_of_page,
                     page_of(page));
}

bool is_commit(std::string_view text)
{
  return (text.size() == 40 || text.size() == 64) &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isxdigit(c) != 0; });
}

/// "" where there is no text.
std::string_view text_of(const json::object& object, std::string_view name)
{
  const json::value* member = object.if_contains(name);
  return member != nullptr && member->is_string() ? std::string_view(member->get_string())
                                                  : std::string_view();
}

/// GitHub lists a pull request's runs by the name of its own branch, which may be called as ours,
/// and be a fork's.
bool is_of_pull_request(const Place& place, const json::object& run)
{
  const json::value* repository = run.if_contains("head_repository");
  const std::string_view name = repository != nullptr && repository->is_object()
                                    ? text_of(repository->get_object(), "full_name")
                                    : std::string_view();
  return text_of(run, "event").starts_with("pull_request") ||
         (!name.empty() && name != place.project);
}

/// The member of the system's answer that holds the builds, and that of a build with its commit.
/// What lacks a commit is left out: Azure's builds of other kinds of repositories have none.
std::vector<std::string> commits_of(const Place& place, const json::value& document)
{
  const json::array& builds = place.system == System::azure ? document.at("value").as_array()
                              : place.system == System::github
                                  ? document.at("workflow_runs").as_array()
                                  : document.as_array();
  const char* member = place.system == System::azure    ? "sourceVersion"
                       : place.system == System::github ? "head_sha"
                                                        : "sha";
  std::vector<std::string> commits;
  for (const json::value& build : builds) {
    const json::object& members = build.as_object();
    const std::string_view commit = text_of(members, member);
    const bool counts = place.system != System::github || !is_of_pull_request(place, members);
    if (counts && is_commit(commit)) {
      commits.emplace_back(commit);
    }
  }
  return commits;
}

std::string header(const Answer& answer, const std::string& name)
{
  const auto found = answer.headers.find(name);
  return found == answer.headers.end() ? "" : found->second;
}

/// GitHub names the next page in a link: <https://…&page=2>; rel="next", <…>; rel="last". Only its
/// number counts: the address is ours.
std::string next_of_links(std::string_view links)
{
  const std::size_t relation = links.find("rel=\"next\"");
  if (relation == std::string_view::npos) {
    return {};
  }
  const std::string_view before = links.substr(0, relation);
  const std::string_view address = before.substr(std::min(before.rfind('<'), before.size()));
  for (const std::string_view parameter : {"?page=", "&page="}) {
    if (const std::size_t at = address.find(parameter); at != std::string_view::npos) {
      const std::string_view number = address.substr(at + parameter.size());
      return std::string(number.substr(0, number.find_first_not_of("0123456789")));
    }
  }
  return {};
}

std::string next_page(const Place& place, const Answer& answer)
{
  switch (place.system) {
  case System::azure:
    return header(answer, "x-ms-continuationtoken");
  case System::github:
    return next_of_links(header(answer, "link"));
  case System::gitlab:
    break;
  }
  return header(answer, "x-next-page");
}

} // namespace

std::string_view name_of(System system)
{
  switch (system) {
  case System::azure:
    return "Azure";
  case System::github:
    return "GitHub";
  case System::gitlab:
    break;
  }
  return "GitLab";
}

std::string asked_of(const Place& place)
{
  return place.pipeline.empty() || place.system == System::gitlab
             ? fmt::format("the pipelines of {} in {}", place.branch, place.project)
             : fmt::format("the builds of {} on {} in {}", place.pipeline, place.branch,
                           place.project);
}

Request builds_request(const Place& place, std::string_view page)
{
  Request request{url_of(place, page), {"Accept: application/json"}, {}};
  if (place.system == System::github) {
    request.headers = {"Accept: application/vnd.github+json", "X-GitHub-Api-Version: 2022-11-28"};
  }
  switch (place.credential) {
  case Credential::bearer:
    request.headers.push_back("Authorization: Bearer " + place.token);
    break;
  case Credential::private_token:
    request.headers.push_back("PRIVATE-TOKEN: " + place.token);
    break;
  case Credential::password:
    request.password = place.token;
    break;
  }
  return request;
}

Result<BuildsPage> builds_in(const Place& place, const Answer& answer)
{
  if (answer.status != 200) {
    return error_of(answer, name_of(place.system), asked_of(place));
  }
  try {
    return BuildsPage{commits_of(place, json::parse(answer.body)), next_page(place, answer)};
  } catch (const std::exception&) { // Boost.JSON throws for other kinds and missing members
    return environment_error(fmt::format("what {} answered is no list of builds; is {} the address "
                                         "of its API?",
                                         name_of(place.system), place.api));
  }
}

} // namespace winnow::ci
