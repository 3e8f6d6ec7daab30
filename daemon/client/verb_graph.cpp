// winnow graph record|show|stats|export|import: the snapshot, taken, looked at and carried.
#include "analyzer/report/graph_report.hpp"
#include "analyzer/report/graph_stats.hpp"
#include "analyzer/select/configuration_state.hpp"
#include "daemon/client/build_context.hpp"
#include "daemon/client/graph_file.hpp"
#include "daemon/client/output_options.hpp"
#include "daemon/client/snapshots.hpp"
#include "daemon/client/verb.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <memory>

namespace winnow::client {
namespace {

struct Options {
  BuildOptions build;
  OutputOptions output;
  std::string file;
};

Result<ExitCode> record(const Options& options)
{
  constexpr Known base = Known::is_replaced;
  const Result<BuildContext> context = open_context(options.build, base);
  if (context.has_error()) {
    return context.error();
  }
  const Result<Graph> graph = context->recorded_now
                                  ? context->graph
                                  : record_anew(context->tree, context->work_tree.sources, base);
  if (graph.has_error()) {
    return graph.error();
  }
  const Snapshots snapshots(context->tree.roots.build);
  const std::string path = snapshots.path_of(graph->origin().build_stamp);
  if (std::error_code failure; !std::filesystem::exists(path, failure)) {
    return environment_error(fmt::format("the graph could not be kept in {}; make that writable, "
                                         "or take the graph elsewhere: winnow graph export -o FILE",
                                         context->tree.roots.build));
  }
  // That it was costs a look; where it could not be, this says why.
  if (const Result<void> kept = snapshots.keep_as_base(*graph, base); kept.has_error()) {
    return kept.error();
  }
  if (options.build.verbosity >= 0) {
    fmt::print("Recorded {} tests, {} files, {} steps and {} edges in {}.\n", graph->test_count(),
               graph->file_count(), graph->step_count(), graph->edge_count(), path);
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

Result<ExitCode> export_graph(const Options& options)
{
  const Result<BuildContext> context = open_context(options.build);
  if (context.has_error()) {
    return context.error();
  }
  const Result<void> written = write_carried_graph(options.file, context->graph);
  if (written.has_error()) {
    return written.error();
  }
  if (options.build.verbosity >= 0) {
    fmt::print("Wrote the graph of {} at {} to {}.\n", context->tree.project,
               context->graph.origin().commit.substr(0, 12), options.file);
  }
  return ExitCode::passed;
}

/// Only what could be compared with the tree's own graph is taken.
Result<void> check_import(const std::string& file, const GraphOrigin& imported,
                          const ingest::BuildTree& tree)
{
  if (imported.project != tree.project) {
    return user_error(fmt::format("{} is a graph of the project {}, and {} is a build tree of {}",
                                  file, imported.project, tree.roots.build, tree.project));
  }
  if (imported.generator != tree.generator) {
    return user_error(fmt::format("{} was recorded with the generator {}, and {} uses {}", file,
                                  imported.generator, tree.roots.build, tree.generator));
  }
  return {};
}

Result<ExitCode> import_graph(const Options& options)
{
  const Result<BuildContext> context = open_context(options.build);
  if (context.has_error()) {
    return context.error();
  }
  const Result<Graph> graph = open_carried_graph(options.file);
  if (graph.has_error()) {
    return user_error(graph.error().message);
  }
  const Result<void> fits = check_import(options.file, graph->origin(), context->tree);
  if (fits.has_error()) {
    return fits.error();
  }
  if (!select::configuration_state(*graph)) {
    return user_error(fmt::format("{} was recorded while its build tree was older than its CMake "
                                  "inputs; record it again where it comes from",
                                  options.file));
  }
  const Result<void> kept =
      Snapshots(context->tree.roots.build).keep_as_base(*graph, Known::is_replaced);
  if (kept.has_error()) {
    return kept.error();
  }
  if (options.build.verbosity >= 0) {
    fmt::print("Changes whose base configures as {} did are compared with this graph.\n",
               graph->origin().commit.substr(0, 12));
  }
  return ExitCode::passed;
}

struct Part {
  const char* name;
  const char* purpose;
  std::vector<std::string> formats;
  Result<ExitCode> (*carry_out)(const Options&);
  void (*add_file)(CLI::App&, Options&) = nullptr;
};

void add_part(CLI::App& verb, Invocation& invocation, const Part& part)
{
  auto options = std::make_shared<Options>();
  CLI::App* sub = verb.add_subcommand(part.name, part.purpose);
  add_build_options(*sub, options->build);
  if (!part.formats.empty()) {
    add_output_options(*sub, options->output, part.formats);
  }
  if (part.add_file != nullptr) {
    part.add_file(*sub, *options);
  }
  sub->callback([options, carry_out = part.carry_out, &invocation] {
    invocation.action = [options, carry_out] { return carry_out(*options); };
  });
}

void add_exported_file(CLI::App& part, Options& options)
{
  options.file = "winnow.graph";
  part.add_option("-o,--output", options.file, "Where to write it (default: winnow.graph)")
      ->type_name("FILE");
}

void add_imported_file(CLI::App& part, Options& options)
{
  part.add_option("file", options.file, "What `winnow graph export` wrote")->required();
}

} // namespace

void add_graph(CLI::App& app, Invocation& invocation)
{
  CLI::App* verb = app.add_subcommand("graph", "The recorded graph: take it, look at it, carry it");
  verb->require_subcommand(1);
  const Part parts[] = {
      {"record", "Record the graph of the build tree, as the one to compare with", {}, record},
      {"show", "Print the graph", {"dot", "json"}, show},
      {"stats", "Count what the graph holds", {"text", "json"}, stats},
      {"export",
       "Write the graph to a file, for another machine",
       {},
       export_graph,
       add_exported_file},
      {"import",
       "Take a graph of base from a file, to compare with",
       {},
       import_graph,
       add_imported_file},
  };
  for (const Part& part : parts) {
    add_part(*verb, invocation, part);
  }
}

} // namespace winnow::client
