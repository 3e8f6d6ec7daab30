// Stands in front of git in a PATH, and appends the seconds at which it began and ended to a file.
//
// A git that has read a large index takes milliseconds to be taken apart after its last word: its
// own trace does not have them. Environment: TIMED_GIT_PROGRAM, the real git; TIMED_GIT_FILE.
#include <sys/wait.h>

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace {

double now_s()
{
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

} // namespace

int main(int /*count*/, char** arguments)
{
  const double began_s = now_s();
  const char* const program = std::getenv("TIMED_GIT_PROGRAM");
  const char* const file = std::getenv("TIMED_GIT_FILE");
  pid_t pid = 0;
  int status = 0;
  if (program == nullptr || file == nullptr ||
      ::posix_spawn(&pid, program, nullptr, nullptr, arguments, environ) != 0 ||
      ::waitpid(pid, &status, 0) != pid) {
    std::fputs("timed_git: the real git cannot be run\n", stderr);
    return 127;
  }
  std::array<char, 80> line{};
  const int size = std::snprintf(line.data(), line.size(), "%.6f %.6f\n", began_s, now_s());
  const int fd = ::open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const bool written = fd >= 0 && ::write(fd, line.data(), static_cast<std::size_t>(size)) == size;
  return written && WIFEXITED(status) ? WEXITSTATUS(status) : 127;
}
