// One call of lstat.
#include "daemon/client/file_status.hpp"

#include <sys/stat.h>

namespace winnow::client {
namespace {

std::int64_t nanoseconds(const timespec& time)
{
  return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

} // namespace

FileStatus look_at(const std::string& absolute_path)
{
  struct stat status {};

  if (::lstat(absolute_path.c_str(), &status) != 0) {
    return {};
  }
  const FileStatus::Kind kind = S_ISREG(status.st_mode)   ? FileStatus::Kind::regular
                                : S_ISLNK(status.st_mode) ? FileStatus::Kind::link
                                                          : FileStatus::Kind::other;
  return {kind, nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)};
}

} // namespace winnow::client
