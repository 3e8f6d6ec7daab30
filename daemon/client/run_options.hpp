// The options of a run that have nothing to do with which tests it has, and how they are carried
// out.
#pragma once

#include "analyzer/ingest/build_tree.hpp"
#include "analyzer/model/budget.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/exit_code.hpp"
#include "analyzer/model/planned_run.hpp"
#include "analyzer/model/run_request.hpp"
#include "daemon/client/progress.hpp"
#include "daemon/client/repeat_option.hpp"
#include "daemon/client/shadow.hpp"
#include "daemon/client/state_watch.hpp"
#include "daemon/client/test_filters.hpp"
#include "daemon/client/user_daemon.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace winnow::client {

struct RunOptions {
  std::optional<std::uint32_t> jobs;
  std::optional<Budget> memory;
  std::string resource_spec_file; ///< as it was given, "" for none
  std::optional<double> timeout_s;
  std::string junit;       ///< file to write, "" for none
  std::string results;     ///< file to write, "" for none
  std::string annotations; ///< CI system that shows failures, "" for none
  std::string format = "text";
  RepeatOptions repeat;
  std::optional<std::uint32_t> max_failures; ///< of --max-fail and --fail-fast
  std::optional<std::uint32_t> load_limit;
  bool detach = false;
  bool dry_run = false;
  DaemonChoice daemon = DaemonChoice::shared;
};

void add_run_options(CLI::App& verb, RunOptions& options);
/// TEST…, -R, -E, -L, -LE.
void add_filter_options(CLI::App& verb, TestFilters& filters);

/// A request for tests of this build tree, with none in it yet, in this process's surroundings. A
/// user error for a resource spec file that is none.
Result<RunRequest> request_for(const ingest::BuildTree& tree, const RunOptions& options);

/// What goes on beside a run.
struct BesideRun {
  StateWatch* state = nullptr;    ///< null where it is not known at which state the tests run
  const Shadow* shadow = nullptr; ///< null where no selection is compared with the run
  Detail detail = Detail::usual;
  const PlannedRun* planned = nullptr; ///< null where no plan says what runs
};

/// Runs the request, shows it, writes the files asked for; a dry run is the caller's to say. Below
/// a make with a job server, tests start as that has tokens for them.
Result<ExitCode> carry_out_run(const RunRequest& request, const RunOptions& options,
                               const BesideRun& beside);

/// This process's environment, directory and umask.
Surroundings own_surroundings();

} // namespace winnow::client
