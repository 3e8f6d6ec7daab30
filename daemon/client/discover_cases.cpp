// One CMake script for all files; one for each where that fails.
#include "daemon/client/discover_cases.hpp"

#include "daemon/client/program.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

/// CMake without CTest does not know the commands that lists of cases consist of, and a discovering
/// script must not take this one for a call of its own.
constexpr std::string_view prelude = R"(
set(CMAKE_SCRIPT_MODE_FILE "")
function(add_test)
endfunction()
function(set_tests_properties)
endfunction()
)";

/// As a CMake argument that takes every byte as it is.
std::string bracketed(const std::string& text)
{
  std::string marks;
  while (text.find("]" + marks + "]") != std::string::npos || text.ends_with("]" + marks)) {
    marks += '=';
  }
  return "[" + marks + "[" + text + "]" + marks + "]";
}

void write_script(const std::string& path, const std::string& configuration,
                  std::span<const std::string> files)
{
  std::ofstream text(path, std::ios::binary | std::ios::trunc);
  text << prelude << "set(CTEST_CONFIGURATION_TYPE " << bracketed(configuration) << ")\n";
  for (const std::string& file : files) {
    text << "include(" << bracketed(file) << ")\n";
  }
}

bool evaluate(const std::string& cmake_command, const std::string& configuration,
              std::span<const std::string> files)
{
  std::error_code ignored;
  std::string script = fs::temp_directory_path(ignored).string() + "/winnow-discover-XXXXXX";
  const int file = ::mkstemp(script.data());
  if (file == -1) {
    return false;
  }
  ::close(file);
  write_script(script, configuration, files);
  const Result<int> status = run_program({cmake_command, "-P", script});
  fs::remove(script, ignored);
  return status && *status == 0;
}

} // namespace

void discover_cases(const std::string& cmake_command, const std::string& configuration,
                    const std::vector<std::string>& files)
{
  if (files.empty() || evaluate(cmake_command, configuration, files)) {
    return;
  }
  for (const std::string& file : files) {
    if (!evaluate(cmake_command, configuration, {&file, 1})) {
      fmt::print(stderr,
                 "winnow: {} could not list the cases of a program; it counts as one test "
                 "that is not built\n",
                 file);
    }
  }
}

} // namespace winnow::client
