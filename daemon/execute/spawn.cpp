// Spawns, and says in words why a spawn failed.
#include "daemon/execute/spawn.hpp"

#include "daemon/execute/file_descriptor.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

namespace winnow::execute {
namespace {

/// The same for all programs, made once.
class SpawnAttributes {
 public:
  SpawnAttributes()
  {
    posix_spawnattr_init(&attributes_);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }

  ~SpawnAttributes() { posix_spawnattr_destroy(&attributes_); }

  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;

  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
};

class FileActions {
 public:
  FileActions(const ProcessSpec& spec, int empty_input)
  {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, empty_input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, spec.output_fd, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, spec.output_fd, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    posix_spawn_file_actions_addchdir_np(&actions_, spec.directory.c_str());
  }

  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }

  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;

  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

class ScopedUmask {
 public:
  explicit ScopedUmask(mode_t mask) : before_(::umask(mask)) {}

  ~ScopedUmask() { ::umask(before_); }

  ScopedUmask(const ScopedUmask&) = delete;
  ScopedUmask& operator=(const ScopedUmask&) = delete;

 private:
  mode_t before_;
};

/// What is spawned meanwhile runs on these cpus only; posix_spawn has no word for that.
class ScopedAffinity {
 public:
  explicit ScopedAffinity(const Cpus& cpus) : changed_(!cpus.empty())
  {
    if (!changed_) {
      return;
    }
    ::sched_getaffinity(0, sizeof before_, &before_);
    cpu_set_t set;
    CPU_ZERO(&set);
    for (const std::uint32_t cpu : cpus) {
      CPU_SET(cpu, &set);
    }
    ::sched_setaffinity(0, sizeof set, &set);
  }

  ~ScopedAffinity()
  {
    if (changed_) {
      ::sched_setaffinity(0, sizeof before_, &before_);
    }
  }

  ScopedAffinity(const ScopedAffinity&) = delete;
  ScopedAffinity& operator=(const ScopedAffinity&) = delete;

 private:
  bool changed_;
  cpu_set_t before_{};
};

std::vector<char*> pointers_to(const std::vector<std::string>& strings)
{
  std::vector<char*> pointers;
  pointers.reserve(strings.size() + 2);
  for (const std::string& text : strings) {
    pointers.push_back(const_cast<char*>(text.c_str())); // posix_spawn does not write to it
  }
  pointers.push_back(nullptr);
  return pointers;
}

std::string_view first_line(std::string_view text)
{
  return text.substr(0, text.find('\n'));
}

/// posix_spawn tells the error but not the step: look at what the steps needed.
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
  static const SpawnAttributes attributes;
  static const FileDescriptor empty_input{::open("/dev/null", O_RDONLY | O_CLOEXEC)};

  std::vector<char*> arguments = pointers_to(spec.command);
  const std::vector<char*> environment = pointers_to(spec.environment);
  const FileActions actions(spec, empty_input.get());
  const ScopedUmask umask(spec.umask);
  const ScopedAffinity affinity(spec.cpus);
  pid_t pid = -1;
  int error = ::posix_spawn(&pid, arguments.front(), actions.get(), attributes.get(),
                            arguments.data(), environment.data());
  if (error == ENOEXEC) {
    // A script without an interpreter line: /bin/sh runs it, as execvp does for ctest.
    std::string shell = "/bin/sh";
    arguments.insert(arguments.begin(), shell.data());
    error = ::posix_spawn(&pid, shell.c_str(), actions.get(), attributes.get(), arguments.data(),
                          environment.data());
  }
  if (error != 0) {
    return explanation(error, spec);
  }
  return pid;
}

} // namespace winnow::execute
