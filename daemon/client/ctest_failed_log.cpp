// "NUMBER:NAME", a line each.
#include "daemon/client/ctest_failed_log.hpp"

#include <sys/stat.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <utility>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

/// Dashboards put their time into the name.
std::optional<fs::path> newest_log(const std::string& build_dir)
{
  std::optional<fs::path> newest;
  fs::file_time_type written;
  std::error_code ignored;
  fs::directory_iterator at(build_dir + "/Testing/Temporary", ignored);
  for (const fs::directory_iterator end; !ignored && at != end; at.increment(ignored)) {
    const fs::file_time_type time = at->last_write_time(ignored);
    if (at->path().filename().string().starts_with("LastTestsFailed") &&
        (!newest || time > written)) {
      newest = at->path();
      written = time;
    }
  }
  return newest;
}

} // namespace

std::optional<std::vector<FailedBefore>> read_failed_log(const std::string& build_dir)
{
  const std::optional<fs::path> path = newest_log(build_dir);
  if (!path) {
    return std::nullopt;
  }
  std::vector<FailedBefore> failed;
  std::ifstream file(*path);
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(':');
    FailedBefore test;
    if (colon != std::string::npos &&
        std::from_chars(line.data(), line.data() + colon, test.number).ptr == line.data() + colon) {
      test.name = line.substr(colon + 1);
      failed.push_back(std::move(test));
    }
  }
  return failed.empty() ? std::nullopt : std::optional(std::move(failed));
}

std::int64_t failed_log_written_us(const std::string& build_dir)
{
  const std::optional<fs::path> path = newest_log(build_dir);

  struct stat info {};

  return path && ::stat(path->c_str(), &info) == 0
             ? info.st_mtim.tv_sec * 1'000'000LL + info.st_mtim.tv_nsec / 1000
             : 0;
}

} // namespace winnow::client
