// What a verb of the command line is to the frame: options it adds, and an action it leaves behind.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/exit_code.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace winnow::client {

/// Carries a parsed verb out. An error is printed after "winnow: " and becomes its exit code.
using Action = std::function<Result<ExitCode>()>;

/// Where a verb, when it was the one given, puts its action; the frame runs it after parsing.
struct Invocation {
  Action action;
};

// Each lives in verb_<name>.cpp, and is called by command_line.cpp. What it adds lives as long as
// `app`.
void add_affected(CLI::App& app, Invocation& invocation);
void add_build(CLI::App& app, Invocation& invocation);
void add_cancel(CLI::App& app, Invocation& invocation);
void add_changed(CLI::App& app, Invocation& invocation);
void add_daemon(CLI::App& app, Invocation& invocation);
void add_doctor(CLI::App& app, Invocation& invocation);
void add_flaky(CLI::App& app, Invocation& invocation);
void add_graph(CLI::App& app, Invocation& invocation);
void add_history(CLI::App& app, Invocation& invocation);
void add_init(CLI::App& app, Invocation& invocation);
void add_list(CLI::App& app, Invocation& invocation);
void add_logs(CLI::App& app, Invocation& invocation);
void add_merge(CLI::App& app, Invocation& invocation);
void add_run(CLI::App& app, Invocation& invocation);
void add_split(CLI::App& app, Invocation& invocation);
void add_status(CLI::App& app, Invocation& invocation);
void add_why(CLI::App& app, Invocation& invocation);

} // namespace winnow::client
