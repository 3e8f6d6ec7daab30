// Helper programs by Boost.Process.
#include "daemon/client/program.hpp"

#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/env.hpp>
#include <boost/process/environment.hpp>
#include <boost/process/io.hpp>
#include <boost/process/search_path.hpp>
#include <boost/process/start_dir.hpp>
#include <fmt/format.h>
#include <sys/wait.h>

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <utility>

namespace winnow::client {

namespace {

namespace process = boost::process;

template <class... Outputs>
Result<int> run(const std::vector<std::string>& command, Outputs&&... outputs)
{
  const bool is_path = command.front().find('/') != std::string::npos;
  const boost::filesystem::path program =
      is_path ? boost::filesystem::path(command.front()) : process::search_path(command.front());
  if (program.empty()) {
    return environment_error(
        fmt::format("{} is not in PATH; install it or add it there", command.front()));
  }
  const std::vector<std::string> arguments(command.begin() + 1, command.end());
  std::error_code failure;
  process::child child(program, process::args(arguments), std::forward<Outputs>(outputs)...,
                       failure);
  if (failure) {
    return environment_error(
        fmt::format("cannot start {}: {}", program.string(), failure.message()));
  }
  child.wait(failure);
  const int status = child.native_exit_code();
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

using TemporaryFile = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

/// All of it, without a newline at the end.
std::string text_in(std::FILE& file)
{
  std::rewind(&file);
  std::string text;
  char buffer[4096];
  for (std::size_t count = 0; (count = std::fread(buffer, 1, sizeof buffer, &file)) > 0;) {
    text.append(buffer, count);
  }
  return text.ends_with('\n') ? text.substr(0, text.size() - 1) : text;
}

} // namespace

std::string program_beside(const char* name)
{
  std::error_code failure;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", failure);
  const auto beside = self.parent_path() / name;
  return !failure && ::access(beside.c_str(), X_OK) == 0 ? beside.string() : "";
}

Result<int> run_program(const std::vector<std::string>& command, const Variables& variables)
{
  process::environment environment = boost::this_process::environment();
  for (const auto& [name, value] : variables) {
    environment[name] = value;
  }
  return run(command, process::std_out > stderr, environment);
}

Result<int> run_program_in(const std::string& directory, const std::vector<std::string>& command,
                           ProgramOutput output)
{
  return output == ProgramOutput::to_errors
             ? run(command, process::start_dir(directory), process::std_out > stderr)
             : run(command, process::start_dir(directory));
}

Result<int> run_program_into(const std::string& log, const std::vector<std::string>& command)
{
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(log.c_str(), "ae"),
                                                             &std::fclose);
  if (!file) {
    return environment_error(fmt::format("cannot write {}: {}", log, std::strerror(errno)));
  }
  return run(command,
             process::std_in<process::null, (process::std_out & process::std_err)> file.get());
}

Result<ProgramTexts> program_texts(const std::vector<std::string>& command)
{
  const TemporaryFile out(std::tmpfile(), &std::fclose);
  const TemporaryFile errors(std::tmpfile(), &std::fclose);
  if (!out || !errors) {
    return environment_error("no temporary file can be made; is the temporary directory writable?");
  }
  const Result<int> status =
      run(command, process::std_in<process::null, process::std_out> out.get(),
          process::std_err > errors.get());
  if (status.has_error()) {
    return status.error();
  }
  return ProgramTexts{*status, text_in(*out), text_in(*errors)};
}

Result<std::string> program_output(const std::vector<std::string>& command)
{
  const TemporaryFile file(std::tmpfile(), &std::fclose);
  if (!file) {
    return environment_error("no temporary file can be made; is the temporary directory writable?");
  }
  const Result<int> status =
      run(command, process::std_in<process::null, process::std_out> file.get());
  if (status.has_error()) {
    return status.error();
  }
  if (*status != 0) {
    return environment_error(fmt::format("{} failed (exit code {})", command.front(), *status));
  }
  return text_in(*file);
}

} // namespace winnow::client
