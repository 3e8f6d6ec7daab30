// Helper programs by Boost.Process.
#include "daemon/client/program.hpp"

#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/io.hpp>
#include <boost/process/search_path.hpp>
#include <fmt/format.h>
#include <sys/wait.h>

#include <cstdio>

namespace winnow::client {

Result<int> run_program(const std::vector<std::string>& command)
{
  namespace process = boost::process;
  const boost::filesystem::path program = process::search_path(command.front());
  if (program.empty()) {
    return environment_error(
        fmt::format("{} is not in PATH; install it or add it there", command.front()));
  }
  const std::vector<std::string> arguments(command.begin() + 1, command.end());
  std::error_code failure;
  process::child child(program, process::args(arguments), process::std_out > stderr, failure);
  if (failure) {
    return environment_error(
        fmt::format("cannot start {}: {}", program.string(), failure.message()));
  }
  child.wait(failure);
  const int status = child.native_exit_code();
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

} // namespace winnow::client
