// Starts winnow-ci, which lies beside this program.
#include "daemon/client/green_commit.hpp"

#include "analyzer/model/exit_code.hpp"
#include "daemon/client/program.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace winnow::client {
Result<std::string> green_commit(const ChangeOptions& options, const std::string& source)
{
  const std::string program = program_beside("winnow-ci");
  if (program.empty()) {
    return environment_error("there is no winnow-ci beside the winnow program; install both");
  }
  std::vector<std::string> command{program, options.ci, "--repository", source};
  const auto add = [&](const char* option, const std::string& value) {
    if (!value.empty()) {
      command.push_back(fmt::format("{}={}", option, value));
    }
  };
  add("--branch", *options.since_last_green);
  add("--pipeline", options.ci_pipeline);
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
