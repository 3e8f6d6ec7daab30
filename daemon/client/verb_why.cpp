// winnow why: the chain from a changed file to a test, or why there is none.
#include "analyzer/report/file_text.hpp"
#include "analyzer/report/why_text.hpp"
#include "analyzer/select/explain.hpp"
#include "daemon/client/cmake_lines.hpp"
#include "daemon/client/output_options.hpp"
#include "daemon/client/project_settings.hpp"
#include "daemon/client/selection_query.hpp"
#include "daemon/client/unknown_test.hpp"
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
  for (const TestId test : tests) {
    add_cmake_lines(context, *selection, test);
    std::cout << report::why_text(context.graph, *selection, test, color(options.output));
  }
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
  std::cout << report::file_text(context.graph, explanation, color(options.output));
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
  add_change_options(*verb, options->change);
  add_color_option(*verb, options->output);
  auto* what = verb->add_option_group("what");
  what->add_option("test", options->test, "The test, as `name` or `directory/name`");
  what->add_option("--file", options->file, "A file: what would its change select?");
  what->require_option(1);
  verb->callback(
      [options, &invocation] { invocation.action = [options] { return carry_out(*options); }; });
}

} // namespace winnow::client
