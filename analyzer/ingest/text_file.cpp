// Whole files by plain reads.
#include "analyzer/ingest/text_file.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace winnow::ingest {
namespace {

Error cannot_read(const std::string& path, int reason)
{
  return data_error(fmt::format("cannot read {}: {}", path, std::strerror(reason)));
}

/// Reads until the end of the file, which may grow or shrink meanwhile. 0, or what errno says.
int read_all(int fd, std::string& bytes)
{
  std::size_t used = 0;
  while (true) {
    if (used == bytes.size()) {
      bytes.resize(bytes.size() + bytes.size() / 2 + 4096);
    }
    const ssize_t count = ::read(fd, bytes.data() + used, bytes.size() - used);
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count <= 0) {
      bytes.resize(used);
      return count < 0 ? errno : 0;
    }
    used += static_cast<std::size_t>(count);
  }
}

} // namespace

Result<std::string> read_text_file(const std::string& path)
{
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) {
    return cannot_read(path, errno);
  }

  struct stat status {};

  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(fd);
    return data_error(fmt::format("cannot read {}: it is no regular file", path));
  }
  std::string bytes(static_cast<std::size_t>(status.st_size) + 1, '\0');
  const int reason = read_all(fd, bytes);
  ::close(fd);
  if (reason != 0) {
    return cannot_read(path, reason);
  }
  return bytes;
}

} // namespace winnow::ingest
