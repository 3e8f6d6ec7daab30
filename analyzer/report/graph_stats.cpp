// How big a graph is, by kind.
#include "analyzer/report/graph_stats.hpp"

#include "analyzer/model/roots.hpp"
#include "analyzer/report/graph_origin_json.hpp"
#include "analyzer/report/path_text.hpp"
#include "analyzer/report/quantity_text.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace winnow::report {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, std::tuple_size_v<decltype(GraphStats::steps)>> step_names{
    "compile", "archive", "link", "custom", "phony", "other", "scan"};

class Table {
 public:
  void heading(std::string_view name, std::size_t count)
  {
    text_ += fmt::format("{:<10}{:>10}\n", name, count);
  }

  void row(std::string_view name, std::size_t count)
  {
    if (count != 0) {
      text_ += fmt::format("  {:<26}{:>10}\n", name, count);
    }
  }

  void fact(std::string_view name, const std::string& value)
  {
    if (!value.empty()) {
      text_ += fmt::format("{:<14}{}\n", name, name_text(value));
    }
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

} // namespace

std::string_view name_of(StepKind kind)
{
  return step_names.at(static_cast<std::size_t>(kind));
}

GraphStats stats_of(const Graph& graph)
{
  GraphStats stats;
  for (std::uint32_t i = 0; i < graph.file_count(); ++i) {
    const FileId file{i};
    const bool is_source = origin_of(graph.path(file)) == Origin::source;
    ++(graph.is_output(file) ? stats.built_files
       : is_source           ? stats.source_files
                             : stats.other_files);
  }
  for (std::uint32_t i = 0; i < graph.step_count(); ++i) {
    ++stats.steps.at(static_cast<std::size_t>(graph.step_kind(StepId{i})));
    stats.scanned_headers += graph.header_list(StepId{i}) == HeaderList::scanned ? 1 : 0;
    stats.unknown_headers += graph.header_list(StepId{i}) == HeaderList::unknown ? 1 : 0;
  }
  for (std::uint32_t i = 0; i < graph.test_count(); ++i) {
    stats.unmapped_tests += graph.mapping(TestId{i}) == Mapping::unmapped ? 1 : 0;
  }
  for (std::uint32_t i = 0; i < graph.node_count(); ++i) {
    for (const Neighbour& next : graph.dependents(NodeId{i})) {
      ++stats.edges.at(static_cast<std::size_t>(next.kind));
    }
  }
  return stats;
}

std::string graph_stats_to_text(const Graph& graph)
{
  const GraphStats stats = stats_of(graph);
  const GraphOrigin origin = graph.origin();
  Table table;
  table.fact("project", origin.project);
  table.fact("commit", origin.commit);
  table.fact("generator", origin.generator);
  table.fact("configuration", origin.configuration);
  table.fact("compiler", origin.compiler);
  table.fact("recorded by", origin.winnow_version.empty() ? "" : "winnow " + origin.winnow_version);
  table.fact("size", bytes_text(graph.bytes().size()));
  table.heading("files", graph.file_count());
  table.row("source", stats.source_files);
  table.row("built", stats.built_files);
  table.row("other", stats.other_files);
  table.heading("steps", graph.step_count());
  for (std::size_t i = 0; i < stats.steps.size(); ++i) {
    table.row(step_names[i], stats.steps[i]);
  }
  table.row("headers scanned", stats.scanned_headers);
  table.row("headers not known", stats.unknown_headers);
  table.heading("targets", graph.target_count());
  table.heading("tests", graph.test_count());
  table.row("unmapped", stats.unmapped_tests);
  table.heading("edges", graph.edge_count());
  for (const EdgeKindName& kind : edge_kind_names) {
    table.row(kind.name, stats.edges[static_cast<std::size_t>(kind.kind)]);
  }
  return table.text();
}

std::string graph_stats_to_json(const Graph& graph)
{
  const GraphStats stats = stats_of(graph);
  json::object steps{{"total", graph.step_count()}};
  for (std::size_t i = 0; i < stats.steps.size(); ++i) {
    steps.emplace(step_names[i], stats.steps[i]);
  }
  steps.emplace("scanned_headers", stats.scanned_headers);
  steps.emplace("unknown_headers", stats.unknown_headers);
  json::object edges{{"total", graph.edge_count()}};
  for (const EdgeKindName& kind : edge_kind_names) {
    edges.emplace(kind.name, stats.edges[static_cast<std::size_t>(kind.kind)]);
  }
  const json::object files{{"total", graph.file_count()},
                           {"source", stats.source_files},
                           {"built", stats.built_files},
                           {"other", stats.other_files}};
  const json::object tests{{"total", graph.test_count()}, {"unmapped", stats.unmapped_tests}};
  return json::serialize(json::object{{"kind", "winnow.graph_stats"},
                                      {"version", 1},
                                      {"origin", origin_value(graph.origin())},
                                      {"bytes", graph.bytes().size()},
                                      {"files", files},
                                      {"steps", std::move(steps)},
                                      {"targets", graph.target_count()},
                                      {"tests", tests},
                                      {"edges", std::move(edges)}});
}

} // namespace winnow::report
