// Lets a paced run start as many tests at once as the job server of make has tokens for.
#pragma once

#include "analyzer/model/run_event.hpp"
#include "daemon/client/job_server.hpp"

#include <cstdint>
#include <functional>
#include <set>

namespace winnow::client {

/// A test has one token from before it starts until it has ended, whatever its PROCESSORS: as ctest
/// from 3.29 on. It keeps it for further attempts, but not while it waits to run alone. It is told
/// what happens in the run.
class PacedStarts {
 public:
  /// Permits the run to start one more test; whether it did.
  using Permit = std::function<Result<bool>()>;

  explicit PacedStarts(JobServer server) : server_(std::move(server)) {}

  /// The run would start a test.
  void start_wanted() { wanted_ = true; }

  void test_started(const TestStarted& event);
  void test_finished(const TestResult& result);

  /// Permits what is wanted, if there is a token now. An error is that of `permit`.
  Result<void> permit_starts(const Permit& permit);

  /// Readable when that is worth another look; -1 where nothing is waited for.
  [[nodiscard]] int wait_fd() const { return wanted_ ? server_.wait_fd() : -1; }

  [[nodiscard]] std::uint32_t held() const { return server_.held(); }

 private:
  JobServer server_;
  bool wanted_ = false;
  std::set<std::uint32_t> running_; ///< tests that have started
};

} // namespace winnow::client
