// The note names the file by inode, size and time of its last write, and the machine's start.
#include "analyzer/model/checked_mark.hpp"

#include <fmt/format.h>
#include <sys/xattr.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <ctime>
#include <string>

namespace winnow {
namespace {

constexpr const char* attribute = "user.winnow.checked";

/// A file written so recently may be written again without another time stamp, as with git's index.
constexpr long long racy_ns = 100'000'000;

/// Where power was lost, blocks that had been read as written may read as zeros.
std::string machine_start()
{
  const int fd = ::open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return {};
  }
  std::array<char, 64> id{};
  const ssize_t count = ::read(fd, id.data(), id.size());
  ::close(fd);
  return count > 1 ? std::string(id.data(), static_cast<std::size_t>(count) - 1) : std::string();
}

long long nanoseconds(const timespec& time)
{
  return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

/// "" where there is no way to tell one start of the machine from another.
std::string note_of(const struct stat& status)
{
  const std::string start = machine_start();
  return start.empty() ? start
                       : fmt::format("{} {} {} {}", start, status.st_ino, status.st_size,
                                     nanoseconds(status.st_mtim));
}

} // namespace

bool is_marked_checked(int fd, const struct stat& status)
{
  std::array<char, 256> found{};
  const ssize_t size = ::fgetxattr(fd, attribute, found.data(), found.size());
  return size > 0 &&
         note_of(status) == std::string_view(found.data(), static_cast<std::size_t>(size));
}

void mark_checked(int fd, const struct stat& status)
{
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  const std::string note = note_of(status);
  if (!note.empty() && nanoseconds(now) - nanoseconds(status.st_mtim) > racy_ns) {
    ::fsetxattr(fd, attribute, note.data(), note.size(), 0);
  }
}

} // namespace winnow
