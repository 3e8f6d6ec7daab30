// A child process that does what a test says, and a wait for what it does.
#pragma once

#include <sys/prctl.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <vector>

namespace winnow::tests {

/// Whether the condition comes true; looks again and again, for a minute.
inline bool eventually(const std::function<bool()>& condition)
{
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) {
      return false;
    }
    ::poll(nullptr, 0, 2);
  }
  return true;
}

/// Inside a child: how it talks to its test. Its own children use it, too.
class ChildSide {
 public:
  ChildSide(int out, int in) : out_(out), in_(in) {}

  /// Another process; the test ends it if it still lives then.
  pid_t fork_another(const std::function<void()>& body) const
  {
    const pid_t pid = ::fork();
    if (pid == 0) {
      body();
      ::_exit(0);
    }
    return pid;
  }

  void tell(pid_t pid) const { [[maybe_unused]] auto told = ::write(out_, &pid, sizeof pid); }

  /// Until the test says `go` once for each that waits, or is gone.
  void wait_for_go() const
  {
    char go = 0;
    if (::read(in_, &go, 1) != 1) {
      ::_exit(1);
    }
  }

 private:
  int out_;
  int in_;
};

/// Leads a session of its own. Ended with its group and all that it told of.
class ForkedChild {
 public:
  explicit ForkedChild(const std::function<void(const ChildSide&)>& body)
  {
    int from_child[2], to_child[2];
    if (::pipe2(from_child, O_CLOEXEC) != 0 || ::pipe2(to_child, O_CLOEXEC) != 0) {
      throw std::runtime_error("no pipes");
    }
    pid_ = ::fork();
    if (pid_ == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      ::setsid();
      ::close(from_child[0]);
      ::close(to_child[1]);
      const ChildSide side(from_child[1], to_child[0]);
      side.tell(::getpid());
      body(side);
      ::_exit(0);
    }
    ::close(from_child[1]);
    ::close(to_child[0]);
    out_ = from_child[0];
    in_ = to_child[1];
    hear();
  }

  ~ForkedChild()
  {
    ::close(out_);
    ::close(in_);
    end();
  }

  ForkedChild(const ForkedChild&) = delete;
  ForkedChild& operator=(const ForkedChild&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }

  /// What the child tells next; 0 if it has gone.
  pid_t hear()
  {
    pid_t pid = 0;
    if (::read(out_, &pid, sizeof pid) != static_cast<ssize_t>(sizeof pid)) {
      return 0;
    }
    told_.push_back(pid);
    return pid;
  }

  void go(int times = 1) const
  {
    for (; times > 0; --times) {
      [[maybe_unused]] auto told = ::write(in_, "g", 1);
    }
  }

  /// A zombie afterwards.
  void kill() const
  {
    ::kill(pid_, SIGKILL);
    siginfo_t info{};
    ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT);
  }

  /// Of it and all that it told of nothing is left.
  void end()
  {
    if (pid_ <= 0) {
      return;
    }
    ::kill(-pid_, SIGKILL);
    for (const pid_t pid : told_) {
      ::kill(pid, SIGKILL);
    }
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
  }

 private:
  pid_t pid_ = 0;
  int out_ = -1;
  int in_ = -1;
  std::vector<pid_t> told_;
};

} // namespace winnow::tests
