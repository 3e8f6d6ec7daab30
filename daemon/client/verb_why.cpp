// winnow why: the chain from a changed file to a test, or why there is none.
#include "analyzer/report/file_text.hpp"
#include "analyzer/report/selection_json.hpp"
#include "analyzer/report/skipped_text.hpp"
#include "analyzer/report/why_text.hpp"
#include "analyzer/select/explain.hpp"
#include "analyzer/select/skipped_tests.hpp"
#include "daemon/client/cmake_lines.hpp"
#include "daemon/client/output_options.hpp"
#include "daemon/client/project_settings.hpp"
#include "daemon/client/selection_query.hpp"
#include "daemon/client/unknown_test.hpp"
#include "daemon/client/verb.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace winnow::client {
namespace {

struct Options {
  BuildOptions build;
  ChangeOptions change;
  OutputOptions output;
  std::string test;
  std::string file;
};

Error no_such_test(const Graph& graph, const std::string& name)
{
  std::vector<std::string> known;
  for (std::uint32_t i = 0; i < graph.test_count(); ++i) {
    known.push_back(graph.key(TestId{i}).display());
  }
  return user_error(unknown_test_text(name, known));
}

std::string tests_text(const Options& options, const Graph& graph, const Selection& selection,
                       const std::vector<TestId>& tests, const std::vector<SkippedTest>& skipped)
{
  std::string text;
  for (const TestId test : tests) {
    if (const SelectedTest* selected = find_selected(selection, test)) {
      text += report::why_selected_text(graph, selection, *selected, color(options.output));
    }
  }
  for (const SkippedTest& one : skipped) {
    text += report::why_skipped_text(graph, selection, one, color(options.output));
  }
  return text;
}

Result<ExitCode> explain_tests(const Options& options, const BuildContext& context)
{
  const std::vector<TestId> tests = select::tests_called(context.graph, options.test);
  if (tests.empty()) {
    return no_such_test(context.graph, options.test);
  }
  Result<Selection> selection = select_for(context, options.change);
  if (selection.has_error()) {
    return selection.error();
  }
  const Result<ProjectSettings> project = project_settings(context);
  if (project.has_error()) {
    return project.error();
  }
  select::SkippedTests why_not(context.graph, *selection, &project->settings, &project->labels);
  std::vector<SkippedTest> skipped;
  for (const TestId test : tests) {
    if (find_selected(*selection, test) == nullptr) {
      skipped.push_back(why_not.explain(test));
    } else {
      add_cmake_lines(context, *selection, test);
    }
  }
  std::cout << (options.output.format == "json"
                    ? report::explained_tests_to_json(context.graph, *selection, tests, skipped) +
                          '\n'
                    : tests_text(options, context.graph, *selection, tests, skipped));
  return ExitCode::passed;
}

Result<ExitCode> explain_file(const Options& options, const BuildContext& context)
{
  namespace fs = std::filesystem;
  const fs::path absolute = fs::absolute(options.file);
  const std::string path = context.tree.roots.graph_path(absolute.string());
  std::error_code ignored;
  if (!context.graph.find_file(path) && !fs::exists(fs::symlink_status(absolute, ignored))) {
    return user_error(fmt::format("there is no file {}, and no step and no test reads one of that "
                                  "name; check the name",
                                  options.file));
  }
  const Result<ProjectSettings> project = project_settings(context);
  if (project.has_error()) {
    return project.error();
  }
  const FileExplanation explanation =
      select::explain_file(context.graph, path, &project->settings, &project->labels);
  std::cout << (options.output.format == "json"
                    ? report::explained_file_to_json(context.graph, explanation) + '\n'
                    : report::file_text(context.graph, explanation, color(options.output)));
  return ExitCode::passed;
}

Result<ExitCode> carry_out(const Options& options)
{
  const Result<BuildContext> context = open_context(options.build);
  if (context.has_error()) {
    return context.error();
  }
  if (options.file.empty()) {
    return explain_tests(options, *context);
  }
  return explain_file(options, *context);
}

} // namespace

void add_why(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb =
      app.add_subcommand("why", "Why a test is selected or skipped, or what a file can affect");
  add_build_options(*verb, options->build);
  add_selection_options(*verb, options->change);
  add_color_option(*verb, options->output);
  options->output.format = "text";
  verb->add_option("--format", options->output.format, "How to print the answer")
      ->check(CLI::IsMember({"text", "json"}));
  auto* what = verb->add_option_group("what");
  what->add_option("test", options->test, "The test, as `name` or `directory/name`");
  what->add_option("--file", options->file, "A file: what would its change select?");
  what->require_option(1);
  verb->callback(
      [options, &invocation] { invocation.action = [options] { return carry_out(*options); }; });
}

} // namespace winnow::client
