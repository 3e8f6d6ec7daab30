// Spawns, and says in words why a spawn failed.
#include "daemon/execute/spawn.hpp"

#include "daemon/execute/file_descriptor.hpp"
#include "daemon/execute/proc_files.hpp"
#include "daemon/execute/text_fields.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

namespace winnow::execute {
namespace {

/// How much more willing: as if it had this many thousandths of the memory more than it has.
constexpr int memory_handicap = 300;
constexpr int highest_oom_score_adj = 1000;

/// What the child needs, made before there is one: it may not allocate.
struct Launch {
  const ProcessSpec& spec;
  char* const* arguments;       ///< of the program; the place before it is the shell's
  char* const* shell_arguments; ///< for a script without an interpreter line
  char* const* environment;
  int empty_input;
  const std::string& oom_score_adj;
  const std::vector<int>& changed_signals; ///< which we ignore or handle
  const cpu_set_t* cpus;                   ///< nullptr: all that we may run on
  int error = 0;                           ///< told by the child
};

/// No signal handler of ours may run in the child, whose memory is ours.
class BlockedSignals {
 public:
  BlockedSignals()
  {
    sigset_t all;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }

  ~BlockedSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

 private:
  sigset_t before_{};
};

/// Here and below: in the child, system calls only.
bool put_in_place(int descriptor, int place)
{
  if (descriptor == place) { // it would be closed on exec
    return ::fcntl(place, F_SETFD, 0) == 0;
  }
  return ::dup2(descriptor, place) == place;
}

/// Where /proc is not mounted, it is like the others.
void volunteer(const std::string& oom_score_adj)
{
  const int file = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (file >= 0) {
    [[maybe_unused]] const ssize_t written =
        ::write(file, oom_score_adj.data(), oom_score_adj.size());
    ::close(file);
  }
}

bool prepare(const Launch& launch)
{
  for (const int signal : launch.changed_signals) {
    ::signal(signal, SIG_DFL);
  }
  ::setsid();
  if (!put_in_place(launch.empty_input, STDIN_FILENO) ||
      !put_in_place(launch.spec.output_fd, STDOUT_FILENO) ||
      !put_in_place(launch.spec.output_fd, STDERR_FILENO)) {
    return false;
  }
  ::closefrom(STDERR_FILENO + 1);
  volunteer(launch.oom_score_adj);
  ::umask(launch.spec.umask);
  if (launch.cpus != nullptr) {
    ::sched_setaffinity(0, sizeof *launch.cpus, launch.cpus);
  }
  return ::chdir(launch.spec.directory.c_str()) == 0;
}

[[noreturn]] void become_program(Launch& launch)
{
  if (prepare(launch)) {
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execve(launch.arguments[0], launch.arguments, launch.environment);
    if (errno == ENOEXEC) {
      // A script without an interpreter line: /bin/sh runs it, as execvp does for ctest.
      ::execve(launch.shell_arguments[0], launch.shell_arguments, launch.environment);
    }
  }
  launch.error = errno;
  ::_exit(127);
}

/// Goes on here when the child has become the program, or has ended. Nothing else may be in this
/// function: the child returns into its frame first.
[[gnu::noinline]] pid_t start_child(Launch& launch)
{
  const pid_t pid = ::vfork();
  if (pid == 0) {
    become_program(launch);
  }
  return pid;
}

std::string oom_score_adj_of_tests()
{
  const std::string ours = start_of_proc_file(::getpid(), "oom_score_adj", 16);
  const int adj = TextFields(ours).number<int>().value_or(0);
  return std::to_string(std::min(adj + memory_handicap, highest_oom_score_adj));
}

/// Asking for all of them is quicker than to set them all.
std::vector<int> changed_signals()
{
  std::vector<int> changed;
  for (int signal = 1; signal < NSIG; ++signal) {
    struct sigaction action {};

    if (::sigaction(signal, nullptr, &action) == 0 && action.sa_handler != SIG_DFL) {
      changed.push_back(signal);
    }
  }
  return changed;
}

cpu_set_t set_of(const Cpus& cpus)
{
  cpu_set_t set;
  CPU_ZERO(&set);
  for (const std::uint32_t cpu : cpus) {
    CPU_SET(cpu, &set);
  }
  return set;
}

std::vector<char*> pointers_to(const std::vector<std::string>& strings)
{
  std::vector<char*> pointers;
  pointers.reserve(strings.size() + 1);
  for (const std::string& text : strings) {
    pointers.push_back(const_cast<char*>(text.c_str())); // exec does not write to it
  }
  pointers.push_back(nullptr);
  return pointers;
}

std::string_view first_line(std::string_view text)
{
  return text.substr(0, text.find('\n'));
}

/// Looks at what the steps needed.
Error explanation(int error, const ProcessSpec& spec)
{
  const std::string& program = spec.command.front();

  struct stat info {};

  if (::stat(spec.directory.c_str(), &info) != 0) {
    return environment_error(fmt::format("cannot enter the working directory {}: {}",
                                         spec.directory, std::strerror(errno)));
  }
  if (!S_ISDIR(info.st_mode)) {
    return environment_error(
        fmt::format("the working directory {} is not a directory", spec.directory));
  }
  switch (error) {
  case ENOENT:
    return environment_error(
        ::faccessat(AT_FDCWD, program.c_str(), F_OK, 0) == 0
            ? fmt::format("cannot start {}: its interpreter or loader does not exist", program)
            : fmt::format("cannot find {}: is it built?", program));
  case EACCES:
    return environment_error(fmt::format("cannot start {}: it, or the way to it, may not be "
                                         "executed (permissions, or a noexec mount)",
                                         program));
  case ETXTBSY:
    return environment_error(
        fmt::format("cannot start {}: it is being written; is a build still running?", program));
  case E2BIG:
    return environment_error(
        fmt::format("cannot start {}: its arguments and environment are too long", program));
  case EAGAIN:
  case ENOMEM:
    return environment_error(fmt::format("cannot start {}: no room for another process ({})",
                                         program, std::strerror(error)));
  default:
    return environment_error(
        fmt::format("cannot start {}: {}", first_line(program), std::strerror(error)));
  }
}

} // namespace

Result<pid_t> spawn(const ProcessSpec& spec)
{
  static const FileDescriptor empty_input{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
  static const std::string oom_score_adj = oom_score_adj_of_tests();
  std::string shell = "/bin/sh";
  std::vector<char*> arguments = pointers_to(spec.command);
  arguments.insert(arguments.begin(), shell.data());
  const std::vector<char*> environment = pointers_to(spec.environment);
  const cpu_set_t cpus = set_of(spec.cpus);
  const std::vector<int> signals = changed_signals();
  Launch launch{.spec = spec,
                .arguments = arguments.data() + 1,
                .shell_arguments = arguments.data(),
                .environment = environment.data(),
                .empty_input = empty_input.get(),
                .oom_score_adj = oom_score_adj,
                .changed_signals = signals,
                .cpus = spec.cpus.empty() ? nullptr : &cpus};
  const BlockedSignals blocked;
  const pid_t pid = start_child(launch);
  if (pid < 0) {
    return explanation(errno, spec);
  }
  // It has become the program by now, or has ended.
  if (launch.error != 0) {
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
    return explanation(launch.error, spec);
  }
  return pid;
}

} // namespace winnow::execute
