// A cgroup made for one test, where this user may make one.
#pragma once

#include <sys/stat.h>
#include <sys/wait.h>

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <string>
#include <vector>

namespace winnow::tests {

/// Below the first of the directories; gone in the end, with the processes that it started.
class Cgroup {
 public:
  explicit Cgroup(const std::vector<std::string>& directories)
  {
    if (directories.empty()) {
      return;
    }
    path_ = directories.front() + "/winnow-test-" + std::to_string(::getpid());
    if (::mkdir(path_.c_str(), 0755) != 0) {
      path_.clear();
    }
  }

  ~Cgroup()
  {
    for (const pid_t pid : members_) {
      ::kill(pid, SIGKILL);
      while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
      }
    }
    // The kernel may need a moment to see that nobody is in it.
    for (int i = 0; !path_.empty() && ::rmdir(path_.c_str()) != 0 && errno == EBUSY && i < 5000;
         ++i) {
      ::poll(nullptr, 0, 1);
    }
  }

  Cgroup(const Cgroup&) = delete;
  Cgroup& operator=(const Cgroup&) = delete;

  /// "" if it could not be made.
  [[nodiscard]] const std::string& path() const { return path_; }

  [[nodiscard]] bool set(const std::string& file, const std::string& text) const
  {
    if (path_.empty()) {
      return false;
    }
    std::ofstream out(path_ + "/" + file);
    out << text << std::flush;
    return out.good();
  }

  [[nodiscard]] bool add(pid_t pid) const { return set("cgroup.procs", std::to_string(pid)); }

  /// A process in it that does nothing.
  pid_t start_member() const
  {
    const pid_t pid = ::fork();
    if (pid == 0) {
      for (;;) {
        ::pause();
      }
    }
    members_.push_back(pid);
    return add(pid) ? pid : 0;
  }

 private:
  std::string path_;
  mutable std::vector<pid_t> members_;
};

} // namespace winnow::tests
