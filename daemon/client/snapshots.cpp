// Keeps the newest few graphs, and those that can be a base.
#include "daemon/client/snapshots.hpp"

#include "analyzer/ingest/record.hpp"
#include "analyzer/model/mapped_file.hpp"
#include "analyzer/select/configuration_state.hpp"
#include "daemon/client/graph_file.hpp"
#include "daemon/client/whole_file.hpp"

#include <fmt/format.h>

#include <cstring>
#include <filesystem>
#include <memory>
#include <utility>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t snapshots_kept = 5;
constexpr std::size_t bases_kept = 8;

bool holds(const std::string& path, const Graph& graph)
{
  const std::shared_ptr<const MappedFile> kept = MappedFile::open(path);
  return kept != nullptr && kept->bytes().size() == graph.bytes().size() &&
         std::memcmp(kept->bytes().data(), graph.bytes().data(), graph.bytes().size()) == 0;
}

/// What was used last is kept longest.
void mark_as_used(const std::string& path)
{
  std::error_code ignored;
  fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);
}

} // namespace

Snapshots::Snapshots(std::string build_dir)
    : build_dir_(std::move(build_dir)), directory_(build_dir_ + "/.winnow/graphs")
{}

std::string Snapshots::path_of(const std::string& build_stamp) const
{
  return fmt::format("{}/{}.graph", directory_, build_stamp);
}

std::optional<Graph> Snapshots::find(const std::string& build_stamp) const
{
  return open_graph_or_set_aside(path_of(build_stamp));
}

std::optional<Graph> Snapshots::newest() const
{
  for (const std::string& path : graph_files(directory_)) {
    if (std::optional<Graph> graph = open_graph_or_set_aside(path)) {
      return graph;
    }
  }
  return std::nullopt;
}

std::vector<Graph> Snapshots::all() const
{
  std::vector<Graph> graphs;
  for (const std::string& path : graph_files(directory_)) {
    if (const std::optional<Graph> graph = open_graph_or_set_aside(path)) {
      graphs.push_back(*graph);
    }
  }
  return graphs;
}

Result<void> Snapshots::keep(const std::string& build_stamp, const Graph& graph) const
{
  Result<void> written = write_graph(path_of(build_stamp), graph);
  if (written) {
    remove_older_graphs(directory_, snapshots_kept);
  }
  return written;
}

Result<void> Snapshots::keep_include_index(const std::string& bytes) const
{
  const std::string path = build_dir_ + "/" + std::string(ingest::include_index_path);
  const std::string fault = write_whole_file(path, bytes);
  return fault.empty() ? Result<void>()
                       : environment_error(fmt::format("cannot keep the index of includes as {}: "
                                                       "{}; every recording will read all sources",
                                                       path, fault));
}

Result<void> Snapshots::keep_as_base(const Graph& graph, Known known) const
{
  const std::optional<std::string> state = select::configuration_state(graph);
  if (!state) {
    return {};
  }
  const std::string path = base_path_of(*state);
  std::error_code ignored;
  if (known == Known::stays && fs::exists(path, ignored)) {
    return {};
  }
  if (holds(path, graph)) {
    mark_as_used(path);
    return {};
  }
  Result<void> written = write_graph(path, graph);
  if (written) {
    remove_older_graphs(directory_ + "/base", bases_kept);
  }
  return written;
}

std::string Snapshots::base_path_of(const std::string& configuration_state) const
{
  return fmt::format("{}/base/{}.graph", directory_, configuration_state);
}

std::optional<Graph> Snapshots::find_base_like(const std::string& configuration_state) const
{
  return open_graph_or_set_aside(base_path_of(configuration_state));
}

std::optional<Graph> Snapshots::find_base(const SourceState& base, const SourceState& now) const
{
  for (const std::string& path : graph_files(directory_ + "/base")) {
    std::optional<Graph> graph = open_graph_or_set_aside(path);
    if (graph && select::configured_from(*graph, base, now)) {
      mark_as_used(path);
      return graph;
    }
  }
  return std::nullopt;
}

} // namespace winnow::client
