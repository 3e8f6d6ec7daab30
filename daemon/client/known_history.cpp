// Asks GET /v1/history, or reads the database beside the daemon.
#include "daemon/client/known_history.hpp"

#include "analyzer/model/daemon_place.hpp"
#include "analyzer/report/history_json.hpp"
#include "daemon/store/stored_history.hpp"

#include <boost/url/url.hpp>
#include <fmt/format.h>

#include <unistd.h>

#include <cstdio>
#include <string>
#include <utility>

namespace winnow::client {
namespace {

Result<History> told_by(DaemonConnection& daemon, const ingest::BuildTree& tree)
{
  boost::urls::url target("/v1/history");
  target.params().append({"project", tree.project});
  target.params().append({"configuration", tree.configuration});
  const Result<std::string> document = daemon.get(std::string(target.buffer()));
  return document ? report::history_from_json(*document) : Result<History>(document.error());
}

Result<History> asked_history(DaemonChoice choice, const ingest::BuildTree& tree)
{
  if (choice == DaemonChoice::shared) {
    const auto running = user_daemon(StartDaemon::never);
    if (Result<DaemonConnection> daemon = DaemonConnection::open(*running); daemon) {
      return told_by(*daemon, tree);
    }
  }
  const DaemonPlace place = daemon_place(own_environment(), ::geteuid());
  return store::stored_history(place.state_dir, tree.project, tree.configuration);
}

} // namespace

History known_history(const ingest::BuildTree& tree, DaemonChoice choice)
{
  Result<History> history = asked_history(meant_daemon(choice), tree);
  if (!history) {
    fmt::print(stderr, "winnow: past runs are not known: {}\n", history.error().message);
    return {};
  }
  return std::move(*history);
}

} // namespace winnow::client
