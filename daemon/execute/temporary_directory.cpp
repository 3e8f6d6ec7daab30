// Creates, checks and removes temporary directories.
#include "daemon/execute/temporary_directory.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace winnow::execute {

Result<TemporaryDirectory> TemporaryDirectory::create(std::string_view root, std::string_view name)
{
  std::string path = fmt::format("{}/winnow-{}-XXXXXX", root, name);
  if (::mkdtemp(path.data()) == nullptr) {
    return environment_error(
        fmt::format("cannot create TEST_TMPDIR {}: {}", path, std::strerror(errno)));
  }
  return TemporaryDirectory(std::move(path));
}

bool TemporaryDirectory::is_fresh() const
{
  const std::unique_ptr<DIR, int (*)(DIR*)> directory{::opendir(path_.c_str()), ::closedir};

  struct stat info {};

  if (!directory || ::fstat(::dirfd(directory.get()), &info) != 0 ||
      (info.st_mode & 07777) != 0700 || info.st_uid != ::geteuid()) {
    return false;
  }
  int entries = 0;
  while (entries <= 2 && ::readdir(directory.get()) != nullptr) {
    ++entries;
  }
  return entries == 2; // itself and its parent
}

void TemporaryDirectory::remove()
{
  if (!path_.empty() && ::rmdir(path_.c_str()) != 0) {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
}

Result<TemporaryDirectory> TemporaryDirectories::take(std::string_view root, std::string_view name)
{
  if (!spare_.empty()) {
    TemporaryDirectory directory = std::move(spare_.back());
    spare_.pop_back();
    return directory;
  }
  return TemporaryDirectory::create(root, name);
}

void TemporaryDirectories::give_back(TemporaryDirectory directory)
{
  if (directory.is_fresh()) {
    spare_.push_back(std::move(directory));
  }
}

} // namespace winnow::execute
