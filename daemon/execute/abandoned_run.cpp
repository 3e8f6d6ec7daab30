// Finds processes by their marks and kills them through pidfds.
#include "daemon/execute/abandoned_run.hpp"

#include "daemon/execute/file_descriptor.hpp"
#include "daemon/execute/proc_files.hpp"
#include "daemon/execute/process_group.hpp"

#include <sys/syscall.h>

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>

namespace winnow::execute {
namespace {

/// The kernel allows larger ones only with an unlimited stack.
constexpr std::size_t environment_limit = 8 << 20;
constexpr int death_patience_ms = 1000;
/// How long a process may be in the midst of an exec; most take microseconds.
constexpr int exec_patience_ms = 50;
constexpr pid_t kernel_threads = 2; ///< their parent: they have no environment, ever

struct Marks {
  std::string variable;    ///< as it stands in an environment, with its end
  std::string directory;   ///< where the run's outputs lie, with a slash
  std::string output_path; ///< has a name; only nameless files are marks
};

/// During an exec a process shows neither its old environment nor its new one, and no command line
/// (the kernel's begin_new_exec() puts the new memory in place, create_elf_tables() then says where
/// they lie). So "" counts only if it was read before and after a command line.
std::string settled_environment(pid_t pid, const ProcessStat& process)
{
  const bool of_kernel = pid == kernel_threads || process.parent == kernel_threads;
  bool was_settled = of_kernel;
  for (int waited_ms = 0; waited_ms <= exec_patience_ms;) {
    std::string all = start_of_proc_file(pid, "environ", environment_limit);
    if (!all.empty() || was_settled) {
      return all;
    }
    was_settled = !start_of_proc_file(pid, "cmdline", 1).empty();
    if (!was_settled) {
      ::poll(nullptr, 0, 1);
      ++waited_ms;
    }
  }
  return {};
}

bool has_variable(pid_t pid, const ProcessStat& process, const Marks& marks)
{
  const std::string all = settled_environment(pid, process);
  const std::size_t found = all.find('\0' + marks.variable);
  return found != std::string::npos || all.starts_with(marks.variable);
}

bool writes_beside_the_log(pid_t pid, const Marks& marks)
{
  for (const char* stream : {"1", "2"}) {
    std::error_code unreadable;
    const std::string target =
        std::filesystem::read_symlink("/proc/" + std::to_string(pid) + "/fd/" + stream, unreadable)
            .string();
    if (target.starts_with(marks.directory) && target != marks.output_path) {
      return true;
    }
  }
  return false;
}

using Processes = std::map<pid_t, ProcessStat>;

/// The marked processes and their descendants, never this one.
Processes processes_of(const Marks& marks)
{
  Processes living;
  for (const pid_t pid : all_processes()) {
    const std::optional<ProcessStat> process = stat_of(pid);
    if (process && process->lives() && pid != ::getpid()) {
      living.emplace(pid, *process);
    }
  }
  Processes found;
  for (const auto& [pid, process] : living) {
    if (has_variable(pid, process, marks) || writes_beside_the_log(pid, marks)) {
      found.emplace(pid, process);
    }
  }
  for (bool grew = !found.empty(); grew;) {
    grew = false;
    for (const auto& [pid, process] : living) {
      if (found.contains(process.parent) && found.emplace(pid, process).second) {
        grew = true;
      }
    }
  }
  return found;
}

/// Kills the process that was looked at, and no later one of its number; waits for its death.
void kill_process(pid_t pid, const ProcessStat& seen)
{
  const FileDescriptor process{static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))};
  const std::optional<ProcessStat> now = stat_of(pid);
  if (!process || !now || now->started_ticks != seen.started_ticks) {
    return;
  }
  ::syscall(SYS_pidfd_send_signal, process.get(), SIGKILL, nullptr, 0);
  pollfd death{.fd = process.get(), .events = POLLIN, .revents = 0};
  ::poll(&death, 1, death_patience_ms);
}

} // namespace

std::vector<std::string> end_processes_of_run(const std::string& run_id,
                                              const std::string& output_path)
{
  std::error_code absent;
  const std::string log = std::filesystem::weakly_canonical(output_path, absent).string();
  const Marks marks{"WINNOW_RUN_ID=" + run_id + '\0',
                    std::filesystem::path(log).parent_path().string() + "/", log};
  std::vector<std::string> ended;
  Processes killed; // one that is stuck in the kernel is found again and again
  // Until a look finds nothing new: a process may have started another meanwhile.
  for (bool look_again = true; look_again;) {
    look_again = false;
    for (const auto& [pid, process] : processes_of(marks)) {
      if (killed.emplace(pid, process).second) {
        look_again = true;
        ended.push_back(command_line(pid));
        kill_process(pid, process);
      }
    }
  }
  return ended;
}

} // namespace winnow::execute
