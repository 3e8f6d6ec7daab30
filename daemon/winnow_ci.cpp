// winnow-ci: asks a CI system for the newest commit of HEAD's history whose build succeeded.
//
// Prints the commit. Exit codes: 0, also where there is none, which prints nothing; 2 what is asked
// cannot be asked; 69 the system could not be asked. Started by `winnow`.
#include "analyzer/change/git_command.hpp"
#include "analyzer/model/exit_code.hpp"
#include "daemon/ci/builds_query.hpp"
#include "daemon/ci/ci_place.hpp"
#include "daemon/ci/http_client.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>

namespace {

using namespace winnow;

constexpr int most_pages = 20;

/// The commits of HEAD's history in this clone.
Result<std::unordered_set<std::string>> history_of(const std::string& repository)
{
  const Result<std::string> listed = change::git_output(repository, {"rev-list", "HEAD"});
  if (!listed) {
    return listed.error();
  }
  std::unordered_set<std::string> commits;
  for (std::size_t begin = 0; begin < listed->size();) {
    const std::size_t end = std::min(listed->find('\n', begin), listed->size());
    commits.insert(listed->substr(begin, end - begin));
    begin = end + 1;
  }
  return commits;
}

bool is_shallow(const std::string& repository)
{
  const auto answer = change::git_output(repository, {"rev-parse", "--is-shallow-repository"});
  return answer && answer->starts_with("true");
}

/// "" where there is none.
Result<std::string> last_green(const ci::Place& place, const std::string& repository)
{
  const auto history = history_of(repository);
  if (!history) {
    return history.error();
  }
  std::string page;
  std::size_t seen = 0;
  for (int count = 0; count < most_pages; ++count) {
    const auto builds = ci::builds_in(place, ci::get_patiently(ci::builds_request(place, page)));
    if (!builds) {
      return builds.error();
    }
    for (const std::string& commit : builds->commits) {
      if (history->contains(commit)) {
        return commit;
      }
    }
    seen += builds->commits.size();
    if (builds->next.empty() || builds->next == page) {
      break;
    }
    page = builds->next;
  }
  if (seen > 0 && is_shallow(repository)) {
    return environment_error(
        fmt::format("none of {} successful builds is of a commit in this clone, which is shallow; "
                    "run git fetch "
                    "--unshallow, or ask for the whole history (fetch-depth: 0)",
                    seen));
  }
  return std::string();
}

ExitCode carry_out(const std::string& system, const ci::Wanted& wanted,
                   const std::string& repository)
{
  static const std::map<std::string, ci::System> systems{
      {"azure", ci::System::azure}, {"github", ci::System::github}, {"gitlab", ci::System::gitlab}};
  const auto known = systems.find(system);
  if (known == systems.end()) {
    fmt::print(stderr, "SYSTEM is azure, github or gitlab\n");
    return ExitCode::wrong_usage;
  }
  const auto place = ci::place_of(known->second, wanted, [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  });
  const Result<std::string> commit =
      place ? last_green(*place, repository) : Result<std::string>(place.error());
  if (!commit) {
    fmt::print(stderr, "{}\n", commit.error().message);
    return meaning_of(commit.error().kind).exit_code;
  }
  if (!commit->empty()) {
    fmt::print("{}\n", *commit);
  }
  return ExitCode::passed;
}

} // namespace

int main(int argc, char** argv)
{
  CLI::App app("Asks a CI system for the newest commit of HEAD's history whose build succeeded");
  std::string system;
  std::string repository = ".";
  ci::Wanted wanted;
  app.add_option("SYSTEM", system, "azure, github or gitlab")->required();
  app.add_option("--repository", repository, "A directory in the clone");
  app.add_option("--branch", wanted.branch, "Whose builds count (default: as the job says)");
  app.add_option("--pipeline", wanted.pipeline, "Which (default: the one of the job)");
  app.add_option("--remote", wanted.remote_url, "The project's address, for use outside of CI");
  CLI11_PARSE(app, argc, argv);
  return static_cast<int>(carry_out(system, wanted, repository));
}
