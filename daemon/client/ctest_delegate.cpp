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

/// Set for the ctest that this becomes: what it calls by that name may lead here again.
constexpr const char* mark = "WINNOW_CTEST_DELEGATED";

bool is_same_file(const std::string& a, const std::string& b)
{
  std::error_code ignored;
  return fs::equivalent(a, b, ignored);
}

std::optional<std::string> ctest_in_path()
{
  const char* const variable = std::getenv("PATH");
  std::string_view path = variable == nullptr ? "" : variable;
  while (!path.empty()) {
    const std::string_view directory = path.substr(0, path.find(':'));
    path.remove_prefix(std::min(directory.size() + 1, path.size()));
    const std::string program = (fs::path(directory.empty() ? "." : directory) / "ctest").string();
    std::error_code ignored;
    if (fs::is_regular_file(program, ignored) && ::access(program.c_str(), X_OK) == 0 &&
        !is_same_file(program, "/proc/self/exe")) {
      return program;
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
  if (const char* const before = std::getenv(mark); before != nullptr && *program == before) {
    return environment_error(fmt::format(
        "this is left to ctest itself, but {} leads back here; put CMake's before it in PATH",
        *program));
  }
  ::setenv(mark, program->c_str(), 1);
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
