// One attempt at one test: from its description to its verdict and where its output lies.
#pragma once

#include "analyzer/model/run_request.hpp"
#include "analyzer/model/test_result.hpp"
#include "daemon/execute/output_file.hpp"
#include "daemon/execute/process.hpp"
#include "daemon/execute/temporary_directory.hpp"
#include "daemon/execute/test_timeouts.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace winnow::execute {

/// What all tests of a run have in common; lives as long as any of its executions.
struct RunContext {
  std::string run_id;
  Dialect dialect = Dialect::winnow;
  Surroundings surroundings;
  RunTimeouts timeouts;
  std::vector<CountedResource> resources; ///< that tests may have been given units of
};

struct FinishedTest {
  TestResult result; ///< `waited_us` is left to the caller
  OutputPiece output;
  std::shared_ptr<KeptGroup>
      kept; ///< what a fixture's setup left running: keep until its cleanup ran
};

/// A test that is being executed. Destroying it ends it silently.
class TestExecution {
 public:
  virtual ~TestExecution() = default;
  /// Ends it now; `done` is then called as usual, with Verdict::cancelled.
  virtual void kill() = 0;
  /// What it has written so far, nullptr if no program runs. Whoever holds it can still read all of
  /// it when the test has ended, uncut.
  [[nodiscard]] virtual std::shared_ptr<const SpillFile> output() const = 0;
  /// The leader of its processes' session, for TreeUsages; unset if no program was started.
  [[nodiscard]] virtual std::optional<pid_t> leader() const = 0;
};

/// Which attempt at which test of the run.
struct Attempt {
  std::uint32_t index = 0; ///< of the test in the run's request
  std::uint32_t number = 1;
  std::optional<ResourceAllocation> resources; ///< unset in a run without a specification
  Cpus cpus;                                   ///< of its own; empty: it may run on all
  std::uint32_t granted_cpus = 1;              ///< how many it may compute on at once
};

/// `done` is called once, never from inside this call. What keeps the test from being started is a
/// verdict too: not run, with the reason. `test`, `run` and `log` must outlive the execution.
std::unique_ptr<TestExecution> start_test(const boost::asio::any_io_executor& executor,
                                          const RequestedTest& test, Attempt attempt,
                                          const RunContext& run, OutputLog& log,
                                          std::function<void(FinishedTest)> done);

} // namespace winnow::execute
