// A temporary file per process, renamed.
#include "daemon/client/whole_file.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace winnow::client {

namespace fs = std::filesystem;

std::string write_whole_file(const std::string& path, std::string_view bytes)
{
  const std::string unfinished = fmt::format("{}.{}", path, ::getpid());
  std::error_code failure;
  if (const fs::path directory = fs::path(path).parent_path(); !directory.empty()) {
    fs::create_directories(directory, failure);
    if (failure) {
      return failure.message();
    }
  }
  {
    std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.flush();
    if (!file) {
      const std::string cause = std::strerror(errno);
      fs::remove(unfinished, failure);
      return cause;
    }
  }
  fs::rename(unfinished, path, failure);
  return failure ? failure.message() : std::string();
}

} // namespace winnow::client
