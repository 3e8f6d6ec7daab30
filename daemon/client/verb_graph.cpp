// winnow graph record|show|stats: the snapshot, taken and looked at.
#include "analyzer/report/graph_report.hpp"
#include "analyzer/report/graph_stats.hpp"
#include "daemon/client/build_context.hpp"
#include "daemon/client/output_options.hpp"
#include "daemon/client/snapshots.hpp"
#include "daemon/client/verb.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <iostream>
#include <memory>

namespace winnow::client {
namespace {

struct Options {
  BuildOptions build;
  OutputOptions output;
};

Result<ExitCode> record(const Options& options)
{
  const Result<BuildContext> context = open_context(options.build);
  if (context.has_error()) {
    return context.error();
  }
  const Result<Graph> graph = record_anew(context->tree, context->work_tree.sources);
  if (graph.has_error()) {
    return graph.error();
  }
  if (options.build.verbosity >= 0) {
    fmt::print("Recorded {} tests, {} files, {} steps and {} edges in {}.\n", graph->test_count(),
               graph->file_count(), graph->step_count(), graph->edge_count(),
               Snapshots(context->tree.roots.build).path_of(graph->origin().build_stamp));
  }
  return ExitCode::passed;
}

Result<ExitCode> show(const Options& options)
{
  const Result<BuildContext> context = open_context(options.build);
  if (context.has_error()) {
    return context.error();
  }
  if (options.output.format == "json") {
    report::graph_to_json(context->graph, std::cout);
  } else {
    report::graph_to_dot(context->graph, std::cout);
  }
  return ExitCode::passed;
}

Result<ExitCode> stats(const Options& options)
{
  const Result<BuildContext> context = open_context(options.build);
  if (context.has_error()) {
    return context.error();
  }
  std::cout << (options.output.format == "json" ? report::graph_stats_to_json(context->graph) + "\n"
                                                : report::graph_stats_to_text(context->graph));
  return ExitCode::passed;
}

void add_part(CLI::App& verb, Invocation& invocation, const char* name, const char* purpose,
              std::vector<std::string> formats, Result<ExitCode> (*carry_out)(const Options&))
{
  auto options = std::make_shared<Options>();
  CLI::App* part = verb.add_subcommand(name, purpose);
  add_build_options(*part, options->build);
  if (!formats.empty()) {
    add_output_options(*part, options->output, std::move(formats));
  }
  part->callback([options, carry_out, &invocation] {
    invocation.action = [options, carry_out] { return carry_out(*options); };
  });
}

} // namespace

void add_graph(CLI::App& app, Invocation& invocation)
{
  CLI::App* verb = app.add_subcommand("graph", "The recorded graph: take it, look at it");
  verb->require_subcommand(1);
  add_part(*verb, invocation, "record", "Record the graph of the build tree", {}, record);
  add_part(*verb, invocation, "show", "Print the graph", {"dot", "json"}, show);
  add_part(*verb, invocation, "stats", "Count what the graph holds", {"text", "json"}, stats);
}

} // namespace winnow::client
