// Prepares a test, runs its program, decides its verdict and keeps its output.
#include "daemon/execute/test_execution.hpp"

#include "daemon/execute/environment.hpp"
#include "daemon/execute/granted_variables.hpp"
#include "daemon/execute/match_watch.hpp"
#include "daemon/execute/resource_variables.hpp"
#include "daemon/execute/test_program.hpp"
#include "daemon/execute/verdict_rules.hpp"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <utility>

namespace winnow::execute {
namespace {

constexpr std::uint64_t kept_of_a_pass = 256 << 10;
constexpr std::uint64_t kept_of_a_failure = 4 << 20;

std::int64_t wall_time_us()
{
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

class Execution : public std::enable_shared_from_this<Execution> {
 public:
  Execution(const RequestedTest& test, const RunContext& run, OutputLog& log, Attempt attempt,
            std::function<void(FinishedTest)> done)
      : test_(test),
        run_(run),
        log_(log),
        rules_(test.description.properties),
        resources_(std::move(attempt.resources)),
        cpus_(std::move(attempt.cpus)),
        granted_cpus_(attempt.granted_cpus),
        done_(std::move(done))
  {
    TestResult& result = finished_.result;
    result.key = test.description.key;
    result.index = attempt.index;
    result.chunk = test.chunk;
    result.attempt = attempt.number;
    result.started_us = wall_time_us();
    if (const auto& after = test.description.properties->timeout_after_match) {
      patterns_ = OutputPatterns("TIMEOUT_AFTER_MATCH", after->regular_expressions, objection_);
    }
  }

  void start(const boost::asio::any_io_executor& executor)
  {
    const Result<void> started = try_to_start(executor);
    if (!started) {
      conclude_later(executor, {Verdict::not_run, started.error().message});
    }
  }

  void kill()
  {
    if (process_) {
      process_->kill();
    }
  }

  void abandon()
  {
    done_ = nullptr;
    match_.reset();
    process_.reset();
  }

  [[nodiscard]] std::shared_ptr<const SpillFile> output() const { return spill_; }

  [[nodiscard]] std::optional<pid_t> leader() const
  {
    return process_ ? std::optional(process_->leader()) : std::nullopt;
  }

 private:
  Result<void> try_to_start(const boost::asio::any_io_executor& executor);
  Result<ProcessSpec> specification();
  Result<std::vector<std::string>> our_variables();
  void on_end(const ProcessEnd& end);
  Decision decision_on(const ProcessEnd& end) const;
  Result<void> keep_output();
  void keep_alive(std::shared_ptr<KeptGroup> group);
  void on_match();

  /// The end of the run is nothing to be asked for.
  [[nodiscard]] int signal_of(const TestTimeout& timeout) const
  {
    return timeout.by_run ? 0 : timeout_signal(test_.description.properties);
  }

  void conclude_later(const boost::asio::any_io_executor& executor, Decision decision)
  {
    boost::asio::post(executor, [self = shared_from_this(), decision = std::move(decision)] {
      self->conclude(decision);
    });
  }

  void conclude(const Decision& decision)
  {
    finished_.result.verdict = decision.verdict;
    finished_.result.reason = decision.reason;
    temporary_directory_.reset();
    if (const auto done = std::exchange(done_, nullptr)) {
      done(std::move(finished_));
    }
  }

  const RequestedTest& test_;
  const RunContext& run_;
  OutputLog& log_;
  VerdictRules rules_;
  std::string objection_; ///< to its TIMEOUT_AFTER_MATCH
  OutputPatterns patterns_;
  std::optional<ResourceAllocation> resources_;
  Cpus cpus_;
  std::uint32_t granted_cpus_;
  std::function<void(FinishedTest)> done_;
  std::optional<TemporaryDirectory> temporary_directory_;
  std::shared_ptr<SpillFile> spill_;
  std::unique_ptr<Process> process_;
  std::optional<MatchWatch> match_;
  TestTimeout timeout_;
  FinishedTest finished_;
};

Result<void> Execution::try_to_start(const boost::asio::any_io_executor& executor)
{
  if (test_.description.properties->disabled) {
    conclude_later(executor, {Verdict::disabled, "DISABLED"});
    return {};
  }
  const TestProperties& properties = test_.description.properties;
  for (const std::string& objection :
       {rules_.objection(), objection_, timeout_objection(properties)}) {
    if (!objection.empty()) {
      return user_error(objection);
    }
  }
  Result<ProcessSpec> specified = specification();
  if (!specified) {
    return specified.error();
  }
  Result<SpillFile> spill = log_.create_spill();
  if (!spill) {
    return spill.error();
  }
  const Result<FileDescriptor> written_to = spill->open_for_test();
  if (!written_to) {
    return written_to.error();
  }
  specified->output_fd = written_to->get();
  spill_ = std::make_shared<SpillFile>(std::move(*spill));
  auto process = start_process(executor, *specified, [this](const ProcessEnd& end) {
    const auto self = shared_from_this();
    on_end(end);
  });
  if (!process) {
    spill_.reset();
    return process.error();
  }
  process_ = std::move(*process);
  if (!patterns_.empty()) {
    match_.emplace(executor, spill_, std::move(patterns_), [this] { on_match(); });
  }
  return {};
}

/// TIMEOUT_AFTER_MATCH.
void Execution::on_match()
{
  const auto timeout =
      timeout_after_match(test_.description.properties, run_.timeouts, wall_time_us());
  if (timeout && process_->restart_clock(timeout->after, signal_of(*timeout))) {
    timeout_ = *timeout;
  }
}

Result<ProcessSpec> Execution::specification()
{
  const TestDescription& test = test_.description;
  ProcessSpec spec;
  spec.directory = test.properties->working_directory.empty() ? run_.surroundings.directory
                                                              : test.properties->working_directory;
  if (const Result<void> met = check_requirements(test, spec.directory); !met) {
    return met.error();
  }
  const std::string_view search_path = value_in(run_.surroundings.environment, "PATH");
  Result<std::string> program = find_program(test.command.front(), spec.directory, search_path);
  if (!program) {
    return program.error();
  }
  spec.command = test.command;
  spec.command.front() = std::move(*program);
  const Result<std::vector<std::string>> ours = our_variables();
  if (!ours) {
    return ours.error();
  }
  Result<std::vector<std::string>> environment =
      test_environment(run_.surroundings.environment, *ours, test.properties);
  if (!environment) {
    return environment.error();
  }
  spec.environment = std::move(*environment);
  set_resource_variables(spec.environment, resources_);
  spec.umask = run_.surroundings.umask;
  spec.cpus = cpus_;
  timeout_ = timeout_of(test.properties, run_.timeouts, wall_time_us());
  spec.timeout = timeout_.after;
  spec.timeout_signal = signal_of(timeout_);
  spec.timeout_grace = timeout_grace(test.properties);
  spec.leftovers = test.properties->fixtures_setup.empty() ? Leftovers::end : Leftovers::keep;
  return spec;
}

/// Under `winnow ctest` nothing is added but what the project itself declares.
Result<std::vector<std::string>> Execution::our_variables()
{
  std::vector<std::string> ours = counted_variables(run_.resources, test_.description.stated);
  if (run_.dialect == Dialect::ctest) {
    return ours;
  }
  const std::string_view root = value_in(run_.surroundings.environment, "TMPDIR");
  Result<TemporaryDirectory> directory =
      TemporaryDirectory::create(root.starts_with('/') ? root : "/tmp", run_.run_id);
  if (!directory) {
    return directory.error();
  }
  temporary_directory_.emplace(std::move(*directory));
  ours.push_back("TEST_TMPDIR=" + temporary_directory_->path());
  ours.push_back("WINNOW_RUN_ID=" + run_.run_id);
  ours.push_back("WINNOW_TEST_NAME=" + test_.description.key.display());
  ours.push_back(fmt::format("WINNOW_ATTEMPT={}", finished_.result.attempt));
  ours.push_back(thread_variable(run_.surroundings.environment, granted_cpus_));
  return ours;
}

void Execution::on_end(const ProcessEnd& end)
{
  match_.reset();
  TestResult& result = finished_.result;
  result.exit_code = end.exit_code;
  result.signal = end.signal;
  result.started_us = end.started_us;
  // ctest tells the time since the match.
  result.duration_us = run_.dialect == Dialect::ctest ? end.clock_us : end.duration_us;
  result.cpu_us = end.cpu_us;
  result.peak_memory_bytes = end.peak_memory_bytes;
  result.output_bytes = spill_->size();
  result.leaked = end.leaked;
  Decision decision = decision_on(end);
  result.verdict = decision.verdict;
  if (const Result<void> kept = keep_output(); !kept) {
    decision.reason += decision.reason.empty() ? "" : "; ";
    decision.reason += kept.error().message;
  }
  if (end.kept) {
    keep_alive(end.kept);
  }
  conclude(decision);
}

Decision Execution::decision_on(const ProcessEnd& end) const
{
  if (end.ended_by == EndedBy::timeout && timeout_.by_run) {
    return {Verdict::timed_out, "the run's stop time came"};
  }
  if (!rules_.needs_output(end)) {
    return rules_.decide(end, {});
  }
  const Result<std::string> output = text_to_match(*spill_);
  return output ? rules_.decide(end, *output) : Decision{Verdict::not_run, output.error().message};
}

/// Output that cannot be kept (a full disk) does not change the verdict.
Result<void> Execution::keep_output()
{
  const bool failed = is_failure(finished_.result.verdict);
  const Result<OutputPiece> piece =
      log_.append(*spill_, failed ? kept_of_a_failure : kept_of_a_pass);
  log_.take_back(std::move(spill_));
  if (!piece) {
    return piece.error();
  }
  finished_.output = *piece;
  return {};
}

/// What a setup left running may use the setup's TEST_TMPDIR: that stays as long.
void Execution::keep_alive(std::shared_ptr<KeptGroup> group)
{
  struct Kept {
    std::optional<TemporaryDirectory> directory;
    std::shared_ptr<KeptGroup> group; // ended before its directory goes
  };

  auto kept = std::make_shared<Kept>();
  kept->directory = std::move(temporary_directory_);
  kept->group = std::move(group);
  finished_.kept = std::shared_ptr<KeptGroup>(kept, kept->group.get());
}

class HeldExecution : public TestExecution {
 public:
  explicit HeldExecution(std::shared_ptr<Execution> execution) : execution_(std::move(execution)) {}

  ~HeldExecution() override { execution_->abandon(); }

  HeldExecution(const HeldExecution&) = delete;
  HeldExecution& operator=(const HeldExecution&) = delete;

  void kill() override { execution_->kill(); }

  [[nodiscard]] std::shared_ptr<const SpillFile> output() const override
  {
    return execution_->output();
  }

  [[nodiscard]] std::optional<pid_t> leader() const override { return execution_->leader(); }

 private:
  std::shared_ptr<Execution> execution_;
};

} // namespace

std::unique_ptr<TestExecution> start_test(const boost::asio::any_io_executor& executor,
                                          const RequestedTest& test, Attempt attempt,
                                          const RunContext& run, OutputLog& log,
                                          std::function<void(FinishedTest)> done)
{
  auto execution = std::make_shared<Execution>(test, run, log, attempt, std::move(done));
  execution->start(executor);
  return std::make_unique<HeldExecution>(std::move(execution));
}

} // namespace winnow::execute
