// Claims, runs, and shows all the while that it lives.
#include "daemon/client/pulled_chunks.hpp"

#include "analyzer/report/plan_json.hpp"
#include "daemon/client/chunk_claims.hpp"
#include "daemon/client/duration_option.hpp"
#include "daemon/client/named_file.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace winnow::client {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds longest_beat{10'000};
constexpr milliseconds look_again{500};

/// Renews a claim as long as it exists. Where another job has taken the chunk, which it does only
/// after this process gave no sign for long, the run is ended as by Ctrl-C, and by one more each
/// time: one chunk does not run at two places.
class Heartbeat {
 public:
  Heartbeat(const ChunkClaims& claims, const ChunkClaim& claim, milliseconds beat)
      : thread_([this, &claims, claim, beat](const std::stop_token& stop) {
          std::unique_lock lock(mutex_);
          while (!wake_.wait_for(lock, stop, beat, [&] { return stop.stop_requested(); })) {
            if (!claims.renew(claim)) {
              ::kill(::getpid(), SIGINT);
            }
          }
        })
  {}

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_; ///< last: it uses the others
};

/// Where a run leaves its results before they are known to be whole.
class ScratchFile {
 public:
  ScratchFile()
      : path_((std::filesystem::temp_directory_path() /
               fmt::format("winnow-pull-{}.json", ::getpid()))
                  .string())
  {
    remove();
  }

  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  ~ScratchFile() { remove(); }

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  void remove() const
  {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }

  std::string path_;
};

/// Runs the chunk and leaves its results to the others; an exit code that is not that of tests says
/// that it went back.
Result<ExitCode> run_claimed(const ChunkClaims& claims, const ChunkClaim& claim, milliseconds beat,
                             const RunChunk& run)
{
  const ScratchFile file;
  const Heartbeat heartbeat(claims, claim, beat);
  const Result<ExitCode> code = run(claim.chunk, file.path());
  if (!code || (*code != ExitCode::passed && *code != ExitCode::test_failed)) {
    claims.release(claim);
    return code;
  }
  const Result<std::string> results = content_of(file.path(), "results");
  if (!results) {
    claims.release(claim);
    return results.error();
  }
  const Result<void> left = claims.finish(claim, *results);
  return left ? code : Result<ExitCode>(left.error());
}

} // namespace

void add_pull_options(CLI::App& verb, PullOptions& options)
{
  CLI::Option* pull =
      verb.add_option("--pull", options.directory,
                      "Take chunk after chunk of the plan, together with other jobs "
                      "that have this directory, and leave the results there")
          ->type_name("DIR");
  verb.add_option("--abandoned-after", options.abandoned_after,
                  "Take what another job has claimed once it gave no sign for so long (2m)")
      ->type_name("TIME")
      ->needs(pull);
}

Result<ExitCode> pull_chunks(const PullOptions& options, const Plan& plan, const RunChunk& run)
{
  const Result<double> seconds = seconds_of(options.abandoned_after);
  if (!seconds) {
    return seconds.error();
  }
  const milliseconds patience(static_cast<std::int64_t>(*seconds * 1000));
  Result<ChunkClaims> claims =
      ChunkClaims::open(options.directory, report::plan_id(plan),
                        static_cast<std::uint32_t>(plan.chunks.size()), patience);
  if (!claims) {
    return claims.error();
  }
  ExitCode worst = ExitCode::passed;
  bool has_said = false;
  while (true) {
    const Result<ChunkClaims::Taken> taken = claims->take();
    if (!taken) {
      return taken.error();
    }
    if (taken->turn == Turn::done) {
      fmt::print("no chunk of {} is left\n", plan.chunks.size());
      return worst;
    }
    if (taken->turn == Turn::wait) {
      if (!std::exchange(has_said, true)) {
        fmt::print("other jobs run what is left; waiting for them\n");
        std::fflush(stdout);
      }
      std::this_thread::sleep_for(std::min(look_again, patience / 4));
      continue;
    }
    has_said = false;
    const ChunkClaim& claim = taken->claim;
    fmt::print("chunk {} of {}{}\n", claim.chunk, plan.chunks.size(),
               claim.attempt > 1 ? ", which another job left behind" : "");
    std::fflush(stdout);
    const Result<ExitCode> code =
        run_claimed(*claims, claim, std::clamp(patience / 8, milliseconds(1), longest_beat), run);
    if (!code || (*code != ExitCode::passed && *code != ExitCode::test_failed)) {
      return code;
    }
    worst = *code == ExitCode::test_failed ? *code : worst;
  }
}

} // namespace winnow::client
