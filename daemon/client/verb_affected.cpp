// winnow affected: the tests a change can affect, and why.
#include "analyzer/report/selection_json.hpp"
#include "analyzer/report/selection_text.hpp"
#include "analyzer/report/skipped_text.hpp"
#include "analyzer/select/configuration_state.hpp"
#include "analyzer/select/skipped_tests.hpp"
#include "daemon/client/cmake_lines.hpp"
#include "daemon/client/output_options.hpp"
#include "daemon/client/project_settings.hpp"
#include "daemon/client/selection_query.hpp"
#include "daemon/client/verb.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <iostream>
#include <memory>
#include <vector>

namespace winnow::client {
namespace {

struct Options {
  BuildOptions build;
  ChangeOptions change;
  OutputOptions output;
  std::string graph;
  bool explain = false;
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

/// The same with the skipped tests.
std::string explained_answer(const Options& options, const Graph& graph, const Selection& selection,
                             const ProjectSettings& project)
{
  select::SkippedTests why_not(graph, selection, &project.settings, &project.labels);
  std::vector<SkippedTest> skipped;
  if (options.output.format == "json") {
    for (const TestId test : why_not.all()) {
      skipped.push_back(why_not.explain(test));
    }
    return report::selection_to_json(graph, selection, skipped) + '\n';
  }
  for (const TestId test : why_not.all()) {
    skipped.push_back(why_not.reasons_of(test));
  }
  return report::selection_to_text(graph, selection, color(options.output)) + '\n' +
         report::skipped_to_text(
             graph, skipped, [&](TestId test) { return why_not.inputs_of(test); },
             color(options.output));
}

Result<ExitCode> carry_out(const Options& options)
{
  if (options.explain && !shows_reasons(options)) {
    return user_error("--explain tells reasons, which only --format text and json have");
  }
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
    context->leaves = select::LeafInputs(*named, context->work_tree.sources.files);
    context->configuration = select::configuration_state(*named);
  }
  Result<Selection> selection = select_for(*context, options.change);
  if (selection.has_error()) {
    return selection.error();
  }
  if (shows_reasons(options)) {
    add_cmake_lines(*context, *selection);
  }
  if (!options.explain) {
    std::cout << answer(options, context->graph, *selection);
    return ExitCode::passed;
  }
  const Result<ProjectSettings> project = project_settings(*context);
  if (project.has_error()) {
    return project.error();
  }
  std::cout << explained_answer(options, context->graph, *selection, *project);
  return ExitCode::passed;
}

} // namespace

void add_affected(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("affected", "The tests a change can affect, and why");
  add_build_options(*verb, options->build);
  add_selection_options(*verb, options->change);
  add_output_options(*verb, options->output, {"text", "names", "targets", "json"});
  verb->add_option("--graph", options->graph, "Select with this graph file")->type_name("FILE");
  verb->add_flag("--explain", options->explain, "Also the other tests, and why they are skipped");
  verb->callback(
      [options, &invocation] { invocation.action = [options] { return carry_out(*options); }; });
}

} // namespace winnow::client
