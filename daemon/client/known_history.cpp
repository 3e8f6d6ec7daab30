// Asks GET /v1/history.
#include "daemon/client/known_history.hpp"

#include "analyzer/report/history_json.hpp"

#include <boost/url/url.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <utility>

namespace winnow::client {
namespace {

Result<History> history_over(Result<DaemonConnection> connection, const std::string& target)
{
  if (!connection) {
    return connection.error();
  }
  const Result<std::string> document = connection->get(target);
  return document ? report::history_from_json(*document) : Result<History>(document.error());
}

Result<History> asked_history(DaemonChoice choice, const std::string& target)
{
  if (choice == DaemonChoice::shared) {
    const auto running = user_daemon(StartDaemon::never);
    if (Result<DaemonConnection> connection = DaemonConnection::open(*running); connection) {
      return history_over(std::move(connection), target);
    }
  }
  const auto embedded = embedded_daemon();
  return embedded ? history_over(DaemonConnection::open(**embedded), target)
                  : Result<History>(embedded.error());
}

} // namespace

History known_history(const ingest::BuildTree& tree, DaemonChoice choice)
{
  boost::urls::url target("/v1/history");
  target.params().append({"project", tree.project});
  target.params().append({"configuration", tree.configuration});
  Result<History> history = asked_history(meant_daemon(choice), std::string(target.buffer()));
  if (!history) {
    fmt::print(stderr, "winnow: past runs are not known: {}\n", history.error().message);
    return {};
  }
  return std::move(*history);
}

} // namespace winnow::client
