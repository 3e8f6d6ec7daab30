// Keeps and finds graph files.
#include "daemon/client/graph_file.hpp"

#include "analyzer/model/mapped_file.hpp"
#include "analyzer/model/packed_image.hpp"
#include "daemon/client/whole_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <utility>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

Result<void> write_bytes(const std::string& path, std::span<const std::byte> bytes)
{
  const std::string fault =
      write_whole_file(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  return fault.empty()
             ? Result<void>()
             : environment_error(fmt::format("cannot keep the graph as {}: {}", path, fault));
}

} // namespace

Result<void> write_graph(const std::string& path, const Graph& graph)
{
  return write_bytes(path, graph.bytes());
}

Result<void> write_carried_graph(const std::string& path, const Graph& graph)
{
  return write_bytes(path, pack_image(graph.bytes()));
}

Result<Graph> open_carried_graph(const std::string& path)
{
  const std::shared_ptr<const MappedFile> file = MappedFile::open(path);
  if (file == nullptr || !is_packed_image(file->bytes())) {
    return Graph::open(path, GraphSource::elsewhere);
  }
  const Result<GraphImage> image = unpack_image(file->bytes());
  Result<Graph> graph =
      image ? Graph::from_image(*image, GraphSource::elsewhere)
            : Result<Graph>(data_error("cannot use the graph: " + image.error().message));
  if (graph.has_error()) {
    return data_error(fmt::format("{} ({}); export it again with `winnow graph export`",
                                  graph.error().message, path));
  }
  return graph;
}

std::optional<Graph> open_graph_or_set_aside(const std::string& path)
{
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    return std::nullopt;
  }
  Result<Graph> graph = Graph::open(path);
  if (graph.has_error() && graph.error().kind != ErrorKind::data) {
    fmt::print(stderr, "winnow: {}\n", graph.error().message);
    return std::nullopt;
  }
  if (graph.has_error()) {
    fs::rename(path, path + ".damaged", ignored);
    fmt::print(stderr, "winnow: {}; set aside as {}.damaged\n", graph.error().message, path);
    return std::nullopt;
  }
  return *graph;
}

std::vector<std::string> graph_files(const std::string& directory)
{
  std::vector<std::pair<fs::file_time_type, std::string>> graphs;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, ignored)) {
    if (entry.path().extension() == ".graph") {
      graphs.emplace_back(entry.last_write_time(ignored), entry.path().string());
    }
  }
  std::ranges::sort(graphs, std::greater{});
  std::vector<std::string> paths;
  for (auto& [written, path] : graphs) {
    paths.push_back(std::move(path));
  }
  return paths;
}

void remove_older_graphs(const std::string& directory, std::size_t kept)
{
  const std::vector<std::string> graphs = graph_files(directory);
  std::error_code ignored;
  for (std::size_t i = kept; i < graphs.size(); ++i) {
    fs::remove(graphs[i], ignored);
  }
}

} // namespace winnow::client
