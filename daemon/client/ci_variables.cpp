// Appends a line to what the CI system reads when the step has ended.
#include "daemon/client/ci_variables.hpp"

#include "analyzer/report/ci_variable.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace winnow::client {
namespace {

Result<void> append(const std::string& path, const std::string& line)
{
  std::ofstream file(path, std::ios::binary | std::ios::app);
  file << line;
  file.flush();
  return file ? Result<void>()
              : environment_error(fmt::format("cannot write {}: {}", path, std::strerror(errno)));
}

} // namespace

Result<void> set_github_output(const std::string& name, const std::string& value)
{
  const char* file = std::getenv("GITHUB_OUTPUT");
  if (file == nullptr || *file == '\0') {
    return user_error("GITHUB_OUTPUT is not set, which names the file of a step's outputs; only "
                      "GitHub Actions sets it");
  }
  return append(file, report::variable_line(name, value));
}

Result<void> set_gitlab_variable(const std::string& name, const std::string& value)
{
  return append(gitlab_variables, report::variable_line(name, value));
}

} // namespace winnow::client
