// Keeps and finds graph files.
#include "daemon/client/snapshots.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kept = 5;

/// Removes all but the newest graphs. What cannot be removed stays: it only takes space.
void remove_older(const fs::path& directory)
{
  std::vector<std::pair<fs::file_time_type, fs::path>> graphs;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, ignored)) {
    if (entry.path().extension() == ".graph") {
      graphs.emplace_back(entry.last_write_time(ignored), entry.path());
    }
  }
  std::ranges::sort(graphs, std::greater{});
  for (std::size_t i = kept; i < graphs.size(); ++i) {
    fs::remove(graphs[i].second, ignored);
  }
}

} // namespace

Snapshots::Snapshots(std::string build_dir) : directory_(std::move(build_dir) + "/.winnow/graphs")
{}

std::string Snapshots::path_of(const std::string& build_stamp) const
{
  return fmt::format("{}/{}.graph", directory_, build_stamp);
}

std::optional<Graph> Snapshots::find(const std::string& build_stamp) const
{
  const std::string path = path_of(build_stamp);
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    return std::nullopt;
  }
  Result<Graph> graph = Graph::open(path);
  if (graph.has_error()) {
    fs::rename(path, path + ".damaged", ignored);
    fmt::print(stderr, "winnow: {}; set aside as {}.damaged\n", graph.error().message, path);
    return std::nullopt;
  }
  return *graph;
}

Result<void> Snapshots::keep(const std::string& build_stamp, const Graph& graph) const
{
  const std::string path = path_of(build_stamp);
  const std::string unfinished = fmt::format("{}.{}", path, ::getpid());
  std::error_code failure;
  fs::create_directories(directory_, failure);
  {
    std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
    const auto bytes = graph.bytes();
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    file.flush();
    if (!file) {
      const std::string cause = std::strerror(errno);
      fs::remove(unfinished, failure);
      return environment_error(fmt::format("cannot keep the graph as {}: {}", path, cause));
    }
  }
  fs::rename(unfinished, path, failure);
  if (failure) {
    return environment_error(
        fmt::format("cannot keep the graph as {}: {}", path, failure.message()));
  }
  remove_older(directory_);
  return {};
}

} // namespace winnow::client
