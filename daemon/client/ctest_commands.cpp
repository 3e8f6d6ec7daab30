// posix_spawn(3): standard error becomes standard output, the rest is inherited.
#include "daemon/client/ctest_commands.hpp"

#include <fmt/format.h>
#include <sys/wait.h>

#include <spawn.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <utility>

namespace winnow::client {
namespace {

/// As ctest calls it when a program ends by it.
std::string exception_text(int signal)
{
  switch (signal) {
  case SIGSEGV:
    return "Segmentation fault";
  case SIGBUS:
    return "Bus error";
  case SIGFPE:
    return "Floating-point exception";
  case SIGILL:
    return "Illegal instruction";
  case SIGABRT:
    return "Subprocess aborted";
  case SIGKILL:
    return "Subprocess killed";
  case SIGTERM:
    return "Subprocess terminated";
  case SIGINT:
    return "User interrupt";
  default:
    const char* name = ::sigabbrev_np(signal);
    return name ? fmt::format("SIG{}", name) : fmt::format("Signal {}", signal);
  }
}

/// The wait status of the program, or the number of the error that keeps it from starting.
struct Ended {
  int error = 0;
  int status = 0;
};

Ended run(std::vector<std::string> words, const std::string& directory)
{
  std::vector<char*> arguments;
  for (std::string& word : words) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  ::posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
  pid_t child = 0;
  Ended ended;
  ended.error =
      ::posix_spawnp(&child, arguments.front(), &actions, nullptr, arguments.data(), ::environ);
  ::posix_spawn_file_actions_destroy(&actions);
  while (ended.error == 0 && ::waitpid(child, &ended.status, 0) < 0) {
    ended.error = errno == EINTR ? 0 : errno;
  }
  return ended;
}

/// Whether the command succeeded.
bool succeeds(const std::string& line, const std::string& directory)
{
  const std::vector<std::string> words = ctest_words(line);
  if (words.empty()) {
    return false;
  }
  const Ended ended = run(words, directory);
  if (ended.error != 0) {
    fmt::print(stderr, "{}\n", std::strerror(ended.error));
    return false;
  }
  if (WIFSIGNALED(ended.status)) {
    fmt::print(stderr, "{}\n", exception_text(WTERMSIG(ended.status)));
    return false;
  }
  return WEXITSTATUS(ended.status) == 0;
}

} // namespace

std::vector<std::string> ctest_words(std::string_view command_line)
{
  std::vector<std::string> words;
  while (true) {
    command_line.remove_prefix(
        std::min(command_line.find_first_not_of(" \t"), command_line.size()));
    if (command_line.empty()) {
      return words;
    }
    std::string word;
    if (const char quote = command_line.front(); quote == '"' || quote == '\'') {
      command_line.remove_prefix(1);
      const std::size_t end = std::min(command_line.find(quote), command_line.size());
      word = command_line.substr(0, end);
      command_line.remove_prefix(std::min(end + 1, command_line.size()));
    } else {
      std::size_t at = 0;
      for (; at < command_line.size() && command_line[at] != ' ' && command_line[at] != '\t';
           ++at) {
        at += command_line[at] == '\\' ? 1 : 0;
        word += at < command_line.size() ? command_line.substr(at, 1) : "";
      }
      command_line.remove_prefix(std::min(at, command_line.size()));
    }
    words.push_back(std::move(word));
  }
}

std::optional<std::string> run_ctest_commands(const CTestCommands& commands)
{
  for (const std::string& line : commands.lines) {
    commands.announce(line);
    std::fflush(stdout);
    if (!succeeds(line, commands.directory)) {
      return line;
    }
  }
  return std::nullopt;
}

} // namespace winnow::client
