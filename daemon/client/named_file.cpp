// Reads what the command line names, and says why where that cannot be.
#include "daemon/client/named_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace winnow::client {

Result<std::string> content_of(const std::string& path, std::string_view what)
{
  std::error_code failure;
  if (std::filesystem::is_directory(path, failure)) {
    return user_error(fmt::format("cannot read the {} {}: it is a directory", what, path));
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    return user_error(fmt::format("cannot read the {} {}: {}", what, path, std::strerror(errno)));
  }
  return std::string{std::istreambuf_iterator<char>(stream), {}};
}

} // namespace winnow::client
