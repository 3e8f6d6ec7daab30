// Creates and removes temporary directories.
#include "daemon/execute/temporary_directory.hpp"

#include <fmt/format.h>

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

void TemporaryDirectory::remove()
{
  if (!path_.empty() && ::rmdir(path_.c_str()) != 0) {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
}

} // namespace winnow::execute
