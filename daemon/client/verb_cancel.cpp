// winnow cancel: ends a run.
#include "daemon/client/user_daemon.hpp"
#include "daemon/client/verb.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <memory>
#include <string>

namespace winnow::client {
namespace {

struct Options {
  std::string run;
  bool finish = false;
};

Result<ExitCode> carry_out(const Options& options)
{
  Result<DaemonConnection> connection = DaemonConnection::open(*user_daemon(StartDaemon::never));
  if (!connection) {
    return connection.error();
  }
  const Result<Reply> reply = connection->request(
      "DELETE", "/v1/runs/" + options.run + (options.finish ? "?running=finish" : ""));
  if (!reply) {
    return reply.error();
  }
  if (!reply->is_good()) {
    return error_of(*reply);
  }
  fmt::print("cancelled {}\n", options.run);
  return ExitCode::passed;
}

} // namespace

void add_cancel(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("cancel", "Ends a run and what it runs now");
  verb->add_option("RUN", options->run, "Its id, as `winnow status` shows it")->required();
  verb->add_flag("--finish", options->finish, "Let finish what runs now");
  verb->callback(
      [options, &invocation] { invocation.action = [options] { return carry_out(*options); }; });
}

} // namespace winnow::client
