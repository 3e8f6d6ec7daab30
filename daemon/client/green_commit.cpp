// Starts winnow-ci, which lies beside this program.
#include "daemon/client/green_commit.hpp"

#include "analyzer/change/git_command.hpp"
#include "analyzer/model/exit_code.hpp"
#include "daemon/client/program.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <filesystem>
#include <utility>
#include <vector>

namespace winnow::client {
namespace {

Result<std::string> program_beside(const char* name)
{
  std::error_code failure;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", failure);
  const auto beside = self.parent_path() / name;
  if (failure || ::access(beside.c_str(), X_OK) != 0) {
    return environment_error(
        fmt::format("there is no {} beside the winnow program; install both", name));
  }
  return beside.string();
}

/// Of the remote that most clones have; "" without one.
std::string remote_url(const std::string& source)
{
  const auto url = change::run_git(source, {"remote", "get-url", "origin"});
  return url && url->exit_code == 0 ? std::string(change::without_newline(url->out)) : "";
}

} // namespace

Result<std::string> green_commit(const ChangeOptions& options, const std::string& source)
{
  const Result<std::string> program = program_beside("winnow-ci");
  if (program.has_error()) {
    return program.error();
  }
  std::vector<std::string> command{*program, options.ci, "--repository", source};
  const auto add = [&](const char* option, const std::string& value) {
    if (!value.empty()) {
      command.push_back(fmt::format("{}={}", option, value));
    }
  };
  add("--branch", *options.since_last_green);
  add("--pipeline", options.ci_pipeline);
  add("--remote", remote_url(source));
  Result<ProgramTexts> asked = program_texts(command);
  if (asked.has_error()) {
    return asked.error();
  }
  if (asked->status == static_cast<int>(ExitCode::wrong_usage)) {
    return user_error(std::move(asked->errors));
  }
  if (asked->status != 0) {
    return environment_error(asked->errors.empty()
                                 ? fmt::format("winnow-ci failed (exit code {})", asked->status)
                                 : std::move(asked->errors));
  }
  return std::move(asked->out);
}

} // namespace winnow::client
