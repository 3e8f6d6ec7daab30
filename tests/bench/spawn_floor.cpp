// The least that running N programs can cost: posix_spawn with one pipe each, and waiting.
#include <sys/wait.h>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

struct Child {
  pid_t pid;
  int output;
};

/// Starts `program` with stdout and stderr on a new pipe.
Child start(char* program)
{
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    std::perror("spawn_floor: pipe2");
    std::exit(1);
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  std::array<char*, 2> arguments{program, nullptr};
  pid_t pid = 0;
  if (::posix_spawn(&pid, program, &actions, nullptr, arguments.data(), environ) != 0) {
    std::perror("spawn_floor: posix_spawn");
    std::exit(1);
  }
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  return {pid, ends[0]};
}

/// Reads what is there; at the end of the output waits for the child. True when it is gone.
bool finished(const Child& child)
{
  std::array<char, 4096> buffer{};
  if (::read(child.output, buffer.data(), buffer.size()) > 0) {
    return false;
  }
  ::close(child.output);
  ::waitpid(child.pid, nullptr, 0);
  return true;
}

void run(int count, std::size_t at_a_time, char* program)
{
  std::vector<Child> running;
  std::vector<pollfd> polled;
  while (count > 0 || !running.empty()) {
    while (count > 0 && running.size() < at_a_time) {
      running.push_back(start(program));
      --count;
    }
    polled.clear();
    for (const Child& child : running) {
      polled.push_back({child.output, POLLIN, 0});
    }
    ::poll(polled.data(), polled.size(), -1);
    for (std::size_t i = running.size(); i-- > 0;) {
      if (polled[i].revents != 0 && finished(running[i])) {
        running[i] = running.back();
        running.pop_back();
      }
    }
  }
}

} // namespace

int main(int argc, char** argv)
{
  if (argc != 4) {
    std::fputs("usage: spawn_floor COUNT AT-A-TIME PROGRAM\n", stderr);
    return 2;
  }
  run(std::atoi(argv[1]), static_cast<std::size_t>(std::atoi(argv[2])), argv[3]);
  return 0;
}
