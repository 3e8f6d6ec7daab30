// The client's side of a run.
#include "daemon/client/run_follower.hpp"

#include "analyzer/report/run_json.hpp"
#include "daemon/client/interrupts.hpp"
#include "daemon/client/paced_starts.hpp"
#include "daemon/client/terminal_text.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <utility>

namespace winnow::client {
namespace {

constexpr std::chrono::milliseconds tick_time{100};

class RunFollower {
 public:
  RunFollower(DaemonAccess& access, RunDisplay& display, std::optional<JobServer> job_server)
      : access_(access), display_(display)
  {
    if (job_server) {
      pace_.emplace(std::move(*job_server));
    }
  }

  Result<RunOutcome> run(const RunRequest& request)
  {
    Result<DaemonConnection> connection = DaemonConnection::open(access_);
    if (!connection) {
      return connection.error();
    }
    const Result<std::string> id = submit_run(*connection, request);
    if (!id) {
      return id.error();
    }
    outcome_.run_id = *id;
    if (const auto followed = connection->follow("/v1/runs/" + *id + "/events"); !followed) {
      return followed.error();
    }
    return follow(*connection);
  }

 private:
  using Clock = std::chrono::steady_clock;

  Result<RunOutcome> follow(DaemonConnection& connection)
  {
    std::string line;
    while (true) {
      if (const auto permitted = permit_starts(); !permitted) {
        return permitted.error();
      }
      const int wake_fds[] = {interrupts_.wake_fd(), pace_ ? pace_->wait_fd() : -1};
      const auto next = connection.next_line(line, tick_time, wake_fds);
      if (!next) {
        return next.error();
      }
      heed_interrupts();
      if (const auto now = Clock::now(); now - ticked_ >= tick_time) {
        ticked_ = now;
        if (display_.wants_time_left()) {
          display_.time_left(time_left());
        }
        display_.tick();
      }
      if (*next == DaemonConnection::Next::timeout) {
        continue;
      }
      if (*next == DaemonConnection::Next::end) {
        return std::move(outcome_);
      }
      const Result<RunEvent> event = report::run_event_from_json(line);
      if (!event) {
        return event.error();
      }
      if (!std::holds_alternative<StartWanted>(*event)) { // which is for this follower alone
        display_.event_line(line);
      }
      std::visit([this](const auto& alternative) { show(alternative); }, *event);
    }
  }

  void show(const RunStarted& event) { display_.run_started(event); }

  void show(const TestStarted& event)
  {
    if (pace_) {
      pace_->test_started(event);
    }
    display_.test_started(event);
  }

  void show(const TestFinished& event)
  {
    if (pace_) {
      pace_->test_finished(event.result);
    }
    if (!event.result.again) {
      ++outcome_.finished;
      outcome_.failed += is_failure(event.result.verdict) ? 1 : 0;
      outcome_.results.insert_or_assign(event.result.index, event.result);
    }
    display_.test_finished(event.result, [&] { return output_of(event.result); });
  }

  void show(const ChunkFinished& event) { display_.chunk_finished(event); }

  void show(const StoreTrouble& event) { display_.store_trouble(event); }

  void show(const StartWanted&)
  {
    if (pace_) {
      pace_->start_wanted();
    }
  }

  void show(const RunFinished& event)
  {
    outcome_.end = event.end;
    display_.run_finished(event);
  }

  /// The connection of the events is busy with them: everything else goes over a second one.
  Result<Reply> ask_aside(const std::string& method, const std::string& target)
  {
    if (!aside_) {
      Result<DaemonConnection> opened = DaemonConnection::open(access_);
      if (!opened) {
        return opened.error();
      }
      aside_.emplace(std::move(*opened));
    }
    return aside_->request(method, target);
  }

  Result<std::string> output_of(const TestResult& result)
  {
    if (result.output_bytes == 0) {
      return std::string();
    }
    // Of a test that runs again already, the number says which output is meant.
    const std::string which = result.again ? fmt::format("?attempt={}", result.attempt) : "";
    Result<Reply> reply = ask_aside(
        "GET", fmt::format("/v1/runs/{}/tests/{}/output{}", outcome_.run_id, result.index, which));
    if (!reply) {
      return reply.error();
    }
    return reply->is_good() ? Result<std::string>(std::move(reply->body))
                            : Result<std::string>(error_of(*reply));
  }

  /// What goes wrong here is told by reading the events.
  std::optional<double> time_left()
  {
    const Result<Reply> reply = ask_aside("GET", "/v1/runs/" + outcome_.run_id);
    if (!reply || !reply->is_good()) {
      return std::nullopt;
    }
    const Result<RunSummary> run = report::run_summary_from_json(reply->body);
    return run && run->remaining_us ? std::optional(static_cast<double>(*run->remaining_us) / 1e6)
                                    : std::nullopt;
  }

  Result<void> permit_starts()
  {
    return pace_ ? pace_->permit_starts([this] { return permit_start(); }) : Result<void>();
  }

  Result<bool> permit_start()
  {
    const Result<Reply> reply =
        ask_aside("POST", fmt::format("/v1/runs/{}/starts", outcome_.run_id));
    if (!reply) {
      return reply.error();
    }
    return reply->is_good() ? report::start_reply_from_json(reply->body)
                            : Result<bool>(error_of(*reply));
  }

  void heed_interrupts()
  {
    const int count = interrupts_.count();
    if (count > heeded_) {
      heeded_ = count;
      outcome_.interrupted = true;
      // If the daemon is gone, reading the events says so.
      (void)ask_aside("DELETE", "/v1/runs/" + outcome_.run_id +
                                    (count == 1 ? "?running=finish" : "?running=kill"));
    }
  }

  DaemonAccess& access_;
  RunDisplay& display_;
  Interrupts interrupts_;
  std::optional<PacedStarts> pace_; ///< gives tokens back before signals can end the process
  std::optional<DaemonConnection> aside_;
  RunOutcome outcome_;
  int heeded_ = 0;
  Clock::time_point ticked_ = Clock::now();
};

} // namespace

std::string trouble_text(const StoreTrouble& event)
{
  return event.message.empty()
             ? "results are kept again"
             : "results cannot be kept and are held back: " + escape_controls(event.message);
}

Result<RunOutcome> run_and_follow(DaemonAccess& access, const RunRequest& request,
                                  RunDisplay& display, std::optional<JobServer> job_server)
{
  if (!job_server) {
    return RunFollower(access, display, std::nullopt).run(request);
  }
  RunRequest paced = request;
  paced.paced = true;
  return RunFollower(access, display, std::move(job_server)).run(paced);
}

Result<std::string> submit_run(DaemonConnection& connection, const RunRequest& request)
{
  const Result<Reply> reply =
      connection.request("POST", "/v1/runs", report::run_request_to_json(request));
  if (!reply) {
    return reply.error();
  }
  if (!reply->is_good()) {
    return error_of(*reply);
  }
  Result<RunSummary> summary = report::run_summary_from_json(reply->body);
  if (!summary) {
    return summary.error();
  }
  return std::move(summary->run_id);
}

} // namespace winnow::client
