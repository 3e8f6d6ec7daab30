// exec(3), so that streams, signals and the exit code are ctest's own.
#include "daemon/client/ctest_delegate.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> ctest_in_path()
{
  std::error_code ignored;
  const fs::path self = fs::read_symlink("/proc/self/exe", ignored);
  const char* const variable = std::getenv("PATH");
  std::string_view path = variable == nullptr ? "" : variable;
  while (!path.empty()) {
    const std::string_view directory = path.substr(0, path.find(':'));
    path.remove_prefix(std::min(directory.size() + 1, path.size()));
    const fs::path program = fs::path(directory.empty() ? "." : directory) / "ctest";
    const fs::path real = fs::canonical(program, ignored);
    if (!real.empty() && real != self && ::access(program.c_str(), X_OK) == 0) {
      return program.string();
    }
  }
  return std::nullopt;
}

} // namespace

Error become_ctest(std::span<const std::string> arguments)
{
  const std::optional<std::string> program = ctest_in_path();
  if (!program) {
    return environment_error(
        "this is left to ctest itself, which is not in PATH; install CMake or add it there");
  }
  std::vector<std::string> words{*program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) {
    argv.push_back(word.data());
  }
  argv.push_back(nullptr);
  ::execv(program->c_str(), argv.data());
  return environment_error(fmt::format("cannot start {}: {}", *program, std::strerror(errno)));
}

} // namespace winnow::client
