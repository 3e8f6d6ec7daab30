// winnow affected: the tests a change can affect, and why.
#include "analyzer/report/selection_json.hpp"
#include "analyzer/report/selection_text.hpp"
#include "daemon/client/cmake_lines.hpp"
#include "daemon/client/output_options.hpp"
#include "daemon/client/selection_query.hpp"
#include "daemon/client/verb.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <iostream>
#include <memory>

namespace winnow::client {
namespace {

struct Options {
  BuildOptions build;
  ChangeOptions change;
  OutputOptions output;
  std::string graph;
};

bool shows_reasons(const Options& options)
{
  return options.output.format == "json" || options.output.format == "text";
}

std::string answer(const Options& options, const Graph& graph, const Selection& selection)
{
  const std::string& format = options.output.format;
  if (format == "json") {
    return report::selection_to_json(graph, selection) + '\n';
  }
  if (format == "names") {
    return report::selection_to_names(graph, selection, separator(options.output));
  }
  if (format == "targets") {
    return report::selection_to_targets(graph, selection, separator(options.output));
  }
  return report::selection_to_text(graph, selection, color(options.output));
}

Result<ExitCode> carry_out(const Options& options)
{
  Result<BuildContext> context = open_context(options.build);
  if (context.has_error()) {
    return context.error();
  }
  if (!options.graph.empty()) {
    Result<Graph> named = Graph::open(options.graph, GraphSource::elsewhere);
    if (named.has_error()) {
      return named.error();
    }
    context->graph = *named;
  }
  Result<Selection> selection = select_for(*context, options.change);
  if (selection.has_error()) {
    return selection.error();
  }
  if (shows_reasons(options)) {
    add_cmake_lines(*context, *selection);
  }
  std::cout << answer(options, context->graph, *selection);
  return ExitCode::passed;
}

} // namespace

void add_affected(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("affected", "The tests a change can affect, and why");
  add_build_options(*verb, options->build);
  add_change_options(*verb, options->change);
  add_output_options(*verb, options->output, {"text", "names", "targets", "json"});
  verb->add_option("--graph", options->graph, "Select with this graph file")->type_name("FILE");
  verb->callback(
      [options, &invocation] { invocation.action = [options] { return carry_out(*options); }; });
}

} // namespace winnow::client
