// winnow-ci: asks a CI system for the newest commit of HEAD's history whose build succeeded; wiring
// only. Prints the commit.
//
// Exit codes: 0, also where there is none, which prints nothing; 2 what is asked cannot be asked;
// 69 the system could not be asked; 70 a defect. Started by `winnow`.
#include "analyzer/change/git_command.hpp"
#include "analyzer/model/exit_code.hpp"
#include "daemon/ci/ci_place.hpp"
#include "daemon/ci/http_client.hpp"
#include "daemon/ci/last_green.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <string>

namespace {

using namespace winnow;

/// The commits of HEAD's history in this clone.
Result<ci::History> history_of(const std::string& repository)
{
  const auto listed = change::git_output(repository, {"rev-list", "HEAD"});
  const auto shallow = change::git_output(repository, {"rev-parse", "--is-shallow-repository"});
  if (!listed || !shallow) {
    return listed ? shallow.error() : listed.error();
  }
  ci::History history{{}, shallow->starts_with("true")};
  for (std::size_t begin = 0; begin < listed->size();) {
    const std::size_t end = std::min(listed->find('\n', begin), listed->size());
    history.commits.insert(listed->substr(begin, end - begin));
    begin = end + 1;
  }
  return history;
}

/// "" where there is none.
std::string remote_of(const std::string& repository)
{
  const auto url = change::run_git(repository, {"remote", "get-url", "origin"});
  return url && url->exit_code == 0 ? std::string(change::without_newline(url->out)) : "";
}

std::string variable(const char* name)
{
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

Result<std::string> answer(const std::string& system, ci::Wanted wanted,
                           const std::string& repository)
{
  const auto known = ci::system_called(system);
  if (!known) {
    return user_error("SYSTEM is azure, github or gitlab");
  }
  wanted.remote_url = remote_of(repository);
  const Result<ci::Place> place = ci::place_of(*known, wanted, variable);
  if (!place) {
    return place.error();
  }
  const Result<ci::History> history = history_of(repository);
  return history ? ci::last_green(*place, *history, ci::get_patiently)
                 : Result<std::string>(history.error());
}

ExitCode run(int argc, char** argv)
{
  CLI::App app("Asks a CI system for the newest commit of HEAD's history whose build succeeded");
  std::string system;
  std::string repository = ".";
  ci::Wanted wanted;
  app.add_option("SYSTEM", system, "azure, github or gitlab")->required();
  app.add_option("--repository", repository, "A directory in the clone");
  app.add_option("--branch", wanted.branch, "Whose builds count (default: as the job says)");
  app.add_option("--pipeline", wanted.pipeline, "Which (default: the one of the job)");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? ExitCode::passed : ExitCode::wrong_usage;
  }
  const Result<std::string> commit = answer(system, wanted, repository);
  if (!commit) {
    fmt::print(stderr, "{}\n", commit.error().message);
    return meaning_of(commit.error().kind).exit_code;
  }
  fmt::print("{}{}", *commit, commit->empty() ? "" : "\n");
  return ExitCode::passed;
}

} // namespace

int main(int argc, char** argv)
{
  try {
    return static_cast<int>(run(argc, argv));
  } catch (const std::exception& defect) {
    fmt::print(stderr, "winnow-ci: defect: {}\n", defect.what());
    return static_cast<int>(ExitCode::defect);
  }
}
