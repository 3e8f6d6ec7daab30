// Release/, Debug/ and so on beside a program's own place, then PATH.
#include "daemon/client/ctest_program.hpp"

#include "analyzer/model/roots.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <unistd.h>

#include <algorithm>

namespace winnow::client {

namespace {

bool is_file(const std::string& path)
{
  struct stat info {};

  return ::stat(path.c_str(), &info) == 0 && !S_ISDIR(info.st_mode);
}

} // namespace

std::vector<std::string> ctest_places_searched(std::string_view program,
                                               const std::string& configuration)
{
  std::vector<std::string> places;
  const auto add = [&](std::string place) { places.insert(places.end(), 2, std::move(place)); };
  const auto search = [&](std::string_view path) {
    const std::size_t name = path.rfind('/') + 1; // 0 when there is no slash
    const auto below = [&](std::string_view directory) {
      add(fmt::format("{}{}/{}", path.substr(0, name), directory, path.substr(name)));
    };
    add(std::string(path));
    if (configuration.empty()) {
      for (const std::string_view known :
           {"Release", "Debug", "MinSizeRel", "RelWithDebInfo", "Deployment", "Development"}) {
        below(known);
      }
    } else {
      below(configuration);
      add(fmt::format("{}/{}", configuration, path));
    }
  };
  search(program);
  if (program.starts_with('/')) {
    search(program.substr(1));
  }
  return places;
}

std::optional<std::string> ctest_program(std::string_view program, const std::string& configuration,
                                         const std::string& directory, std::string_view search_path)
{
  const auto in_place = [&](std::string_view place) {
    return place.starts_with('/') ? std::string(place) : fmt::format("{}/{}", directory, place);
  };
  if (std::string first = in_place(program); is_file(first)) { // as nearly always
    return lexically_normal(first);
  }
  for (const std::string& place : ctest_places_searched(program, configuration)) {
    if (std::string path = in_place(place); is_file(path)) {
      return lexically_normal(path);
    }
  }
  const bool bare = program.find('/') == std::string_view::npos;
  while (bare && !search_path.empty()) {
    const std::size_t end = std::min(search_path.find(':'), search_path.size());
    const std::string path = fmt::format("{}/{}", search_path.substr(0, end), program);
    search_path.remove_prefix(std::min(end + 1, search_path.size()));
    if (path.starts_with('/') && is_file(path) && ::access(path.c_str(), X_OK) == 0) {
      return path;
    }
  }
  return std::nullopt;
}

} // namespace winnow::client
