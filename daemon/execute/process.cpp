// Follows a spawned program by its pidfd: its end, its timeout, and what is left of its group.
#include "daemon/execute/process.hpp"

#include "daemon/execute/file_descriptor.hpp"
#include "daemon/execute/process_group.hpp"
#include "daemon/execute/spawn.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

namespace winnow::execute {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::microseconds;
using std::chrono::milliseconds;

/// This long after the grace even SIGKILL is not awaited any more (a process stuck in the kernel).
constexpr milliseconds kill_limit{5000};

std::int64_t wall_time_us()
{
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<microseconds>(now).count();
}

std::int64_t in_us(const timeval& time)
{
  return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_usec;
}

enum class Reap { now, later };

/// Status and usage of an ended child. The raw call, because only it tells usage without reaping.
void read_end(int pidfd, Reap reap, ProcessEnd& end)
{
  siginfo_t info{};
  rusage usage{};
  const int options = WEXITED | (reap == Reap::later ? WNOWAIT : 0);
  while (::syscall(SYS_waitid, P_PIDFD, pidfd, &info, options, &usage) != 0) {
    if (errno != EINTR) {
      end.unknown_because = std::strerror(errno);
      return;
    }
  }
  if (info.si_code == CLD_EXITED) {
    end.exit_code = info.si_status;
  } else {
    end.signal = info.si_status;
  }
  end.cpu_us = in_us(usage.ru_utime) + in_us(usage.ru_stime);
  end.peak_memory_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

bool has_ended(int pidfd)
{
  pollfd state{.fd = pidfd, .events = POLLIN, .revents = 0};
  return ::poll(&state, 1, 0) > 0;
}

/// Kills the group of a child that is not yet reaped, and reaps it. The wait is bounded: a process
/// stuck in the kernel must not stop us.
void end_group(int pidfd, pid_t leader)
{
  ::kill(-leader, SIGKILL);
  for (int waited_ms = 0; waited_ms < 1000; ++waited_ms) {
    if (has_ended(pidfd) && living_members(leader).empty()) {
      break;
    }
    ::poll(nullptr, 0, 1);
  }
  siginfo_t info{};
  ::waitid(P_PIDFD, static_cast<id_t>(pidfd), &info, WEXITED | WNOHANG);
}

/// Keeps the leader unreaped, so that its number, which is the group's, belongs to nobody else.
class UnreapedGroup : public KeptGroup {
 public:
  UnreapedGroup(FileDescriptor pidfd, pid_t leader) : pidfd_(std::move(pidfd)), leader_(leader) {}

  ~UnreapedGroup() override { end_group(pidfd_.get(), leader_); }

  UnreapedGroup(const UnreapedGroup&) = delete;
  UnreapedGroup& operator=(const UnreapedGroup&) = delete;

  [[nodiscard]] std::vector<std::string> command_lines() const override
  {
    std::vector<std::string> lines;
    for (const pid_t pid : living_members(leader_)) {
      lines.push_back(command_line(pid));
    }
    return lines;
  }

 private:
  FileDescriptor pidfd_;
  pid_t leader_;
};

/// One program from its spawn to its end. States: running (the leader is not reaped, its group may
/// be killed by number) -> ending (reaped; what is left of the group is killed one by one, through
/// pidfds) -> ended (`done` called).
class Child : public std::enable_shared_from_this<Child> {
 public:
  Child(const boost::asio::any_io_executor& executor, FileDescriptor pidfd, pid_t leader,
        const ProcessSpec& spec, std::function<void(const ProcessEnd&)> done)
      : pidfd_(executor, pidfd.release()),
        timer_(executor),
        leader_(leader),
        leftovers_(spec.leftovers),
        leftover_grace_(spec.leftover_grace),
        timeout_signal_(spec.timeout_signal),
        timeout_grace_(spec.timeout_grace),
        done_(std::move(done)),
        started_(Clock::now()),
        clock_started_(started_)
  {
    end_.started_us = wall_time_us();
  }

  void follow(const std::optional<microseconds>& timeout)
  {
    await_end();
    await_timeout(timeout);
  }

  bool restart_clock(const std::optional<microseconds>& timeout, int timeout_signal)
  {
    if (state_ != State::running || stopping_ || warned_) {
      return false;
    }
    clock_started_ = Clock::now();
    timeout_signal_ = timeout_signal;
    await_timeout(timeout);
    return true;
  }

  [[nodiscard]] pid_t leader() const { return leader_; }

  /// A program that has ended, though we have not been told yet, was not stopped by anyone.
  void stop(EndedBy cause)
  {
    if (state_ != State::running || stopping_ || has_ended(pidfd_.native_handle())) {
      return;
    }
    stopping_ = true;
    end_.ended_by = cause;
    end_.heeded_timeout_signal = false;
    ::kill(-leader_, SIGKILL);
  }

  void abandon()
  {
    done_ = nullptr;
    timer_.cancel();
    if (state_ == State::running) {
      end_group(pidfd_.native_handle(), leader_);
    } else if (state_ == State::ending) {
      for (const pid_t pid : living_members(leader_)) {
        kill_member(pid, leader_);
      }
    }
    state_ = State::ended;
    pidfd_.close();
  }

 private:
  enum class State { running, ending, ended };

  void await_timeout(const std::optional<microseconds>& timeout)
  {
    if (!timeout) {
      timer_.cancel();
      return;
    }
    timer_.expires_at(clock_started_ + *timeout);
    timer_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
      // It may have been about to call when the clock began anew.
      if (!error && Clock::now() >= self->timer_.expiry()) {
        self->on_timeout();
      }
    });
  }

  void on_timeout()
  {
    if (timeout_signal_ == 0) {
      stop(EndedBy::timeout);
      return;
    }
    if (state_ != State::running || stopping_ || has_ended(pidfd_.native_handle())) {
      return;
    }
    warned_ = true;
    end_.ended_by = EndedBy::timeout;
    end_.heeded_timeout_signal = true;
    ::syscall(SYS_pidfd_send_signal, pidfd_.native_handle(), timeout_signal_, nullptr, 0);
    timer_.expires_after(timeout_grace_);
    timer_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
      if (!error) {
        self->stop(EndedBy::timeout);
      }
    });
  }

  /// Asio can take late news of a closed descriptor for news of ours, which took its place: a wait
  /// that completes says nothing yet, and reading the end of what runs would read a success.
  void await_end()
  {
    pidfd_.async_wait(boost::asio::posix::descriptor_base::wait_read,
                      [self = shared_from_this()](const boost::system::error_code& error) {
                        if (error || self->state_ != State::running) {
                          return;
                        }
                        if (has_ended(self->pidfd_.native_handle())) {
                          self->on_leader_ended();
                        } else {
                          self->await_end();
                        }
                      });
  }

  void on_leader_ended()
  {
    timer_.cancel();
    leader_ended_ = Clock::now();
    end_.duration_us = std::chrono::duration_cast<microseconds>(leader_ended_ - started_).count();
    end_.clock_us =
        std::chrono::duration_cast<microseconds>(leader_ended_ - clock_started_).count();
    const bool keep = leftovers_ == Leftovers::keep && end_.ended_by == EndedBy::itself;
    read_end(pidfd_.native_handle(), keep ? Reap::later : Reap::now, end_);
    state_ = State::ending;
    if (keep) {
      keep_leftovers();
      finish();
      return;
    }
    end_leftovers(milliseconds{1});
  }

  void keep_leftovers()
  {
    auto group = std::make_shared<UnreapedGroup>(FileDescriptor{pidfd_.release()}, leader_);
    if (!living_members(leader_).empty()) {
      end_.kept = std::move(group);
    }
  }

  /// Looks again and again, ever more seldom, until nothing of the group lives.
  void end_leftovers(milliseconds next_look)
  {
    if (group_is_empty(leader_)) {
      finish();
      return;
    }
    const std::vector<pid_t> left = living_members(leader_);
    const auto waited = Clock::now() - leader_ended_;
    if (left.empty() || waited > leftover_grace_ + kill_limit) {
      finish();
      return;
    }
    if (end_.ended_by != EndedBy::itself || waited >= leftover_grace_) {
      kill_leftovers(left);
    }
    timer_.expires_after(next_look);
    timer_.async_wait([self = shared_from_this(), next_look](const auto& error) {
      if (!error && self->state_ == State::ending) {
        self->end_leftovers(std::min(next_look * 2, milliseconds{50}));
      }
    });
  }

  void kill_leftovers(const std::vector<pid_t>& left)
  {
    const bool report = end_.ended_by == EndedBy::itself && !reported_;
    reported_ = true;
    for (const pid_t pid : left) {
      if (report) {
        end_.leaked.push_back(command_line(pid));
      }
      kill_member(pid, leader_);
    }
  }

  void finish()
  {
    state_ = State::ended;
    if (pidfd_.is_open()) {
      pidfd_.close();
    }
    if (const auto done = std::exchange(done_, nullptr)) {
      done(end_);
    }
  }

  boost::asio::posix::stream_descriptor pidfd_;
  boost::asio::steady_timer timer_;
  pid_t leader_;
  Leftovers leftovers_;
  milliseconds leftover_grace_;
  int timeout_signal_;
  microseconds timeout_grace_;
  std::function<void(const ProcessEnd&)> done_;
  Clock::time_point started_;
  Clock::time_point clock_started_; ///< later if it began anew
  Clock::time_point leader_ended_;
  State state_ = State::running;
  bool stopping_ = false;
  bool warned_ = false; ///< by the timeout signal
  bool reported_ = false;
  ProcessEnd end_;
};

class FollowedProcess : public Process {
 public:
  explicit FollowedProcess(std::shared_ptr<Child> child) : child_(std::move(child)) {}

  ~FollowedProcess() override { child_->abandon(); }

  FollowedProcess(const FollowedProcess&) = delete;
  FollowedProcess& operator=(const FollowedProcess&) = delete;

  void kill() override { child_->stop(EndedBy::request); }

  bool restart_clock(std::optional<microseconds> timeout, int timeout_signal) override
  {
    return child_->restart_clock(timeout, timeout_signal);
  }

  [[nodiscard]] pid_t leader() const override { return child_->leader(); }

 private:
  std::shared_ptr<Child> child_;
};

} // namespace

void expect_children()
{
  std::signal(SIGCHLD, SIG_DFL);
}

Result<std::unique_ptr<Process>> start_process(const boost::asio::any_io_executor& executor,
                                               const ProcessSpec& spec,
                                               std::function<void(const ProcessEnd&)> done)
{
  const Result<pid_t> leader = spawn(spec);
  if (!leader) {
    return leader.error();
  }
  FileDescriptor pidfd{static_cast<int>(::syscall(SYS_pidfd_open, *leader, 0))};
  if (!pidfd) {
    const int error = errno;
    ::kill(-*leader, SIGKILL);
    while (::waitpid(*leader, nullptr, 0) < 0 && errno == EINTR) {
    }
    return environment_error(
        fmt::format("cannot follow {}: {}", spec.command.front(), std::strerror(error)));
  }
  auto child = std::make_shared<Child>(executor, std::move(pidfd), *leader, spec, std::move(done));
  child->follow(spec.timeout);
  return std::unique_ptr<Process>(std::make_unique<FollowedProcess>(std::move(child)));
}

} // namespace winnow::execute
