// Asks GET /v1/history, /v1/greens and /v1/flaky, or reads the database beside the daemon.
#include "daemon/client/known_history.hpp"

#include "analyzer/model/daemon_place.hpp"
#include "analyzer/report/flakiness_report.hpp"
#include "analyzer/report/greens_json.hpp"
#include "analyzer/report/history_export.hpp"
#include "analyzer/report/history_json.hpp"
#include "daemon/store/stored_history.hpp"

#include <boost/url/url.hpp>
#include <fmt/format.h>

#include <unistd.h>

#include <cstdio>
#include <optional>
#include <string>
#include <utility>

namespace winnow::client {
namespace {

boost::urls::url target_of(const char* route, const ingest::BuildTree& tree)
{
  boost::urls::url target(route);
  target.params().append({"project", tree.project});
  target.params().append({"configuration", tree.measured_as});
  return target;
}

/// What the daemon says; nothing where none runs, or another one is meant.
std::optional<Result<std::string>> told(const boost::urls::url& target, DaemonChoice choice)
{
  if (choice != DaemonChoice::shared) {
    return std::nullopt;
  }
  const auto running = user_daemon(StartDaemon::never);
  Result<DaemonConnection> daemon = DaemonConnection::open(*running);
  return daemon ? std::optional(daemon->get(std::string(target.buffer()))) : std::nullopt;
}

std::string state_directory()
{
  return daemon_place(own_environment(), ::geteuid()).state_dir;
}

Result<History> asked_history(const ingest::BuildTree& tree, DaemonChoice choice)
{
  const auto answer = told(target_of("/v1/history", tree), choice);
  if (!answer) {
    return store::stored_history(state_directory(), tree.project, tree.measured_as);
  }
  return *answer ? report::history_from_json(**answer) : Result<History>(answer->error());
}

} // namespace

History known_history(const ingest::BuildTree& tree, DaemonChoice choice)
{
  Result<History> history = asked_history(tree, meant_daemon(choice));
  if (!history) {
    fmt::print(stderr, "winnow: past runs are not known: {}\n", history.error().message);
    return {};
  }
  return std::move(*history);
}

Result<ProjectHistory> known_attempts(const ingest::BuildTree& tree, DaemonChoice choice)
{
  const auto answer = told(target_of("/v1/history/attempts", tree), meant_daemon(choice));
  if (!answer) {
    return store::stored_attempts(state_directory(), tree.project, tree.measured_as);
  }
  return *answer ? report::history_export_from_json(**answer)
                 : Result<ProjectHistory>(answer->error());
}

Result<Greens> known_greens(const ingest::BuildTree& tree, GreensOf which)
{
  boost::urls::url target = target_of("/v1/greens", tree);
  if (which == GreensOf::red_tests) {
    target.params().append({"only", "red"});
  }
  const auto answer = told(target, meant_daemon(DaemonChoice::shared));
  if (!answer) {
    return store::stored_greens(state_directory(), tree.project, tree.measured_as, which);
  }
  return *answer ? report::greens_from_json(**answer) : Result<Greens>(answer->error());
}

Result<Flakiness> known_flakiness(const ingest::BuildTree& tree, std::optional<std::uint32_t> runs)
{
  boost::urls::url target = target_of("/v1/flaky", tree);
  if (runs) {
    target.params().append({"runs", std::to_string(*runs)});
  }
  const auto answer = told(target, meant_daemon(DaemonChoice::shared));
  if (!answer) {
    return store::stored_flakiness(state_directory(), tree.project, tree.measured_as, runs);
  }
  return *answer ? report::flakiness_from_json(**answer) : Result<Flakiness>(answer->error());
}

} // namespace winnow::client
