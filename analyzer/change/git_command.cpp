// The one place that starts git, with Boost.Process.
#include "analyzer/change/git_command.hpp"

// The library takes vfork(2) for gone where POSIX no longer has it; Linux does.
#define BOOST_POSIX_HAS_VFORK 1

#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/env.hpp>
#include <boost/process/environment.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/io.hpp>
#include <boost/process/posix.hpp>
#include <fmt/format.h>
#include <sys/mman.h>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

namespace winnow::change {
namespace {

namespace process = boost::process;

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

/// The first executable git of PATH; "" if there is none.
std::string find_git()
{
  const char* path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "/usr/bin:/bin" : path;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const std::string candidate = std::string(rest.substr(0, end)) + "/git";
    if (end > 0 && ::access(candidate.c_str(), X_OK) == 0) {
      return candidate;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return {};
}

process::environment git_environment()
{
  process::environment environment = boost::this_process::environment();
  for (const char* name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX",
                           "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE"}) {
    environment.erase(name);
  }
  environment["LC_ALL"] = "C";
  environment["GIT_OPTIONAL_LOCKS"] = "0";
  environment["GIT_TERMINAL_PROMPT"] = "0";
  environment["GIT_LITERAL_PATHSPECS"] = "1";
  return environment;
}

/// Without a name and in memory: file systems take a while to make a file and to take it away, and
/// a query makes many. Null where there is none to be had.
File memory_file()
{
  int fd = ::memfd_create("git", MFD_CLOEXEC);
  if (fd >= 0 && fd <= STDERR_FILENO) { // we were started without one of these: git gets its own
    const int higher = ::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    ::close(std::exchange(fd, higher));
  }
  File file(fd < 0 ? nullptr : ::fdopen(fd, "w+"), &std::fclose);
  if (fd >= 0 && !file) {
    ::close(fd);
  }
  return file;
}

/// All that was written; nothing where it cannot be read.
std::optional<std::string> read_whole(std::FILE* file)
{
  if (std::fseek(file, 0, SEEK_END) != 0) {
    return std::nullopt;
  }
  const long size = std::ftell(file);
  if (size < 0 || std::fseek(file, 0, SEEK_SET) != 0) {
    return std::nullopt;
  }
  std::string text(static_cast<std::size_t>(size), '\0');
  if (std::fread(text.data(), 1, text.size(), file) != text.size()) {
    return std::nullopt;
  }
  return text;
}

/// Whether git could not write what it had to say: it ends as it does where there is nothing, but
/// its reason is missing, or is this one.
bool could_not_write(const GitOutput& output)
{
  constexpr int fatal = 128;
  return output.exit_code == fatal &&
         (output.err.empty() || output.err.find("write failure") != std::string::npos);
}

/// A git that has been started and whose output has not been read yet. It writes into files: at
/// the end of a pipe it would wait until it is its turn to be read. Copying the address space for
/// it would take longer than starting it, and would keep who looks at a graph meanwhile waiting.
class RunningGit {
 public:
  static Result<RunningGit> start(const std::string& git, std::string_view directory,
                                  const std::vector<std::string>& arguments)
  {
    RunningGit running(git);
    if (!running.out_ || !running.errors_) {
      return environment_error(fmt::format("there is no place for the output of git: {}",
                                           std::generic_category().message(errno)));
    }
    std::vector<std::string> all{"-C", std::string(directory), "--no-pager"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    std::error_code failure;
    running.child_ = process::child(
        process::exe = git, process::args = all, git_environment(),
        process::std_in<process::null, process::std_out> running.out_.get(),
        process::std_err > running.errors_.get(), process::posix::use_vfork, failure);
    if (failure) {
      return environment_error(fmt::format("{} cannot be started: {}", git, failure.message()));
    }
    return running;
  }

  Result<GitOutput> finish() &&
  {
    GitOutput output;
    std::error_code failure;
    child_.wait(failure);
    if (failure) {
      return environment_error(fmt::format("{} was lost: {}", git_, failure.message()));
    }
    std::optional<std::string> out = read_whole(out_.get());
    const std::optional<std::string> errors = read_whole(errors_.get());
    output.exit_code = child_.exit_code();
    output.out = std::move(out).value_or("");
    output.err = without_newline(errors.value_or(""));
    if (!out || !errors || could_not_write(output)) {
      return environment_error(
          fmt::format("what {} says cannot be kept; is there memory left?", git_));
    }
    return output;
  }

 private:
  explicit RunningGit(std::string git) : git_(std::move(git)) {}

  std::string git_;
  File out_ = memory_file();
  File errors_ = memory_file();
  process::child child_;
};

} // namespace

void run_git_together(std::string_view directory,
                      std::span<const std::vector<std::string>> commands, const UseAnswer& use)
{
  const std::string git = find_git();
  std::vector<Result<RunningGit>> running;
  for (std::size_t i = commands.size(); i-- > 0;) {
    running.push_back(git.empty() ? environment_error("there is no git in PATH; install git, or "
                                                      "name the changed files with --files")
                                  : RunningGit::start(git, directory, commands[i]));
  }
  for (std::size_t i = 0; i < commands.size(); ++i) {
    Result<RunningGit> one = std::move(running.back());
    running.pop_back();
    use(i, one ? std::move(*one).finish() : Result<GitOutput>(one.error()));
  }
}

std::vector<Result<GitOutput>> run_git_together(std::string_view directory,
                                                std::span<const std::vector<std::string>> commands)
{
  std::vector<Result<GitOutput>> answers;
  run_git_together(directory, commands, [&](std::size_t, Result<GitOutput> answer) {
    answers.push_back(std::move(answer));
  });
  return answers;
}

Result<GitOutput> run_git(std::string_view directory, const std::vector<std::string>& arguments)
{
  return std::move(run_git_together(directory, std::span(&arguments, 1)).front());
}

Result<std::string> git_output(std::string_view directory,
                               const std::vector<std::string>& arguments)
{
  return expected_output(directory, arguments, run_git(directory, arguments));
}

Result<std::string> expected_output(std::string_view directory,
                                    const std::vector<std::string>& arguments,
                                    Result<GitOutput> answer)
{
  if (!answer) {
    return answer.error();
  }
  if (answer->exit_code != 0) {
    return environment_error(fmt::format("git {} failed in {}: {}", arguments.front(), directory,
                                         answer->err.empty() ? "no reason given" : answer->err));
  }
  return std::move(answer->out);
}

std::vector<std::string_view> split_at_nul(std::string_view output)
{
  std::vector<std::string_view> parts;
  while (!output.empty()) {
    const std::size_t end = std::min(output.find('\0'), output.size());
    parts.push_back(output.substr(0, end));
    output.remove_prefix(std::min(end + 1, output.size()));
  }
  return parts;
}

std::string_view without_newline(std::string_view text)
{
  return text.ends_with('\n') ? text.substr(0, text.size() - 1) : text;
}

} // namespace winnow::change
