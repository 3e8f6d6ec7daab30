// A whole graph in formats that other programs draw or read.
#include "analyzer/report/graph_report.hpp"

#include "analyzer/report/graph_origin_json.hpp"
#include "analyzer/report/graph_stats.hpp"
#include "analyzer/report/path_text.hpp"

#include <boost/json.hpp>

#include <ostream>

namespace winnow::report {
namespace {

namespace json = boost::json;

std::string quoted(std::string_view text)
{
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
    }
    result += c;
  }
  return result + '"';
}

void write_dot_node(const Graph& graph, NodeId node, std::ostream& out)
{
  std::string label;
  std::string_view shape = "note";
  switch (graph.kind(node)) {
  case NodeKind::file:
    label = path_text(graph.path(graph.file(node)));
    break;
  case NodeKind::step:
    label = name_text(graph.rule(graph.step(node)));
    shape = "ellipse";
    break;
  case NodeKind::test:
    label = name_text(graph.key(graph.test(node)).display());
    shape = "box";
    break;
  }
  out << "  n" << node.value << " [label=" << quoted(label) << ", shape=" << shape << "];\n";
}

json::object node_value(const Graph& graph, NodeId node)
{
  json::object object;
  if (graph.kind(node) == NodeKind::file) {
    const FileId file = graph.file(node);
    object.emplace("file", json_text(graph.path(file)));
    object.emplace("built", graph.is_output(file));
    if (const ContentHash hash = graph.recorded_hash(file); hash.known()) {
      object.emplace("hash", hash.hex());
    }
  } else if (graph.kind(node) == NodeKind::step) {
    const StepId step = graph.step(node);
    object.emplace("step", json_text(graph.rule(step)));
    object.emplace("kind", name_of(graph.step_kind(step)));
    if (const std::optional<TargetId> target = graph.target_of(step)) {
      object.emplace("target", json_text(graph.target_name(*target)));
    }
  } else {
    const TestKey key = graph.key(graph.test(node));
    object.emplace("test", json_text(key.name));
    object.emplace("directory", json_text(key.directory));
    object.emplace("mapped", graph.mapping(graph.test(node)) == Mapping::mapped);
  }
  return object;
}

} // namespace

void graph_to_dot(const Graph& graph, std::ostream& out)
{
  out << "digraph winnow {\n  rankdir=LR;\n";
  for (std::uint32_t i = 0; i < graph.node_count(); ++i) {
    write_dot_node(graph, NodeId{i}, out);
  }
  for (std::uint32_t i = 0; i < graph.node_count(); ++i) {
    for (const Neighbour& next : graph.dependents(NodeId{i})) {
      out << "  n" << i << " -> n" << next.node.value << " [label=\""
          << winnow::name_of(next.kind).name << "\"];\n";
    }
  }
  out << "}\n";
}

void graph_to_json(const Graph& graph, std::ostream& out)
{
  out << R"({"kind":"winnow.graph","version":1,"origin":)"
      << json::serialize(origin_value(graph.origin())) << ",\"nodes\":[";
  for (std::uint32_t i = 0; i < graph.node_count(); ++i) {
    out << (i == 0 ? "\n" : ",\n") << json::serialize(node_value(graph, NodeId{i}));
  }
  out << "],\"edges\":[";
  const char* before = "\n";
  for (std::uint32_t i = 0; i < graph.node_count(); ++i) {
    for (const Neighbour& next : graph.dependents(NodeId{i})) {
      out << before << '[' << i << ',' << next.node.value << ",\""
          << winnow::name_of(next.kind).name << "\"]";
      before = ",\n";
    }
  }
  out << "]}\n";
}

} // namespace winnow::report
