// winnow run --pull: takes chunk after chunk of a plan until none is left.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/exit_code.hpp"
#include "analyzer/model/plan.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace winnow::client {

struct PullOptions {
  std::string directory;              ///< shared with other jobs; "" for none
  std::string abandoned_after = "2m"; ///< how long a job may give no sign
};

void add_pull_options(CLI::App& verb, PullOptions& options);

/// Runs one chunk and leaves its results in a file.
using RunChunk = std::function<Result<ExitCode>(std::uint32_t chunk, const std::string& results)>;

/// Chunks are taken in the plan's order, the longest first. Waits while others run what is left,
/// and takes what they leave behind. The exit code is that of the chunks this process has run; one
/// that was interrupted, or could not be built or run, goes back and ends the pulling.
Result<ExitCode> pull_chunks(const PullOptions& options, const Plan& plan, const RunChunk& run);

} // namespace winnow::client
