// Looks at the file system for a test's program and files.
#include "daemon/execute/test_program.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <unistd.h>

#include <algorithm>

namespace winnow::execute {
namespace {

bool is_directory(const std::string& path)
{
  struct stat info {};

  return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

bool is_file(const std::string& path)
{
  struct stat info {};

  return ::stat(path.c_str(), &info) == 0 && !S_ISDIR(info.st_mode);
}

bool exists(const std::string& path)
{
  return ::access(path.c_str(), F_OK) == 0;
}

std::string below(const std::string& directory, const std::string& path)
{
  return path.starts_with('/') ? path : directory + "/" + path;
}

} // namespace

Result<void> check_requirements(const TestDescription& test, const std::string& directory)
{
  if (test.command.empty()) {
    return user_error("it has no command");
  }
  if (!is_directory(directory)) {
    return environment_error(fmt::format("its working directory {} does not exist", directory));
  }
  for (const std::string& file : test.properties->required_files) {
    if (!exists(below(directory, file))) {
      return environment_error(fmt::format("required file {} is missing", file));
    }
  }
  return {};
}

Result<std::string> find_program(const std::string& name, const std::string& directory,
                                 std::string_view search_path)
{
  if (const std::string path = below(directory, name); is_file(path)) {
    return path;
  }
  const bool bare = name.find('/') == std::string::npos;
  while (bare && !search_path.empty()) {
    const std::size_t end = std::min(search_path.find(':'), search_path.size());
    const std::string place(search_path.substr(0, end));
    search_path.remove_prefix(std::min(end + 1, search_path.size()));
    const std::string path = below(directory, place.empty() ? name : place + "/" + name);
    if (is_file(path) && ::access(path.c_str(), X_OK) == 0) {
      return path;
    }
  }
  return environment_error(fmt::format("cannot find {}: is it built?", name));
}

} // namespace winnow::execute
