// winnow list: the tests of a build tree.
#include "analyzer/report/list_report.hpp"
#include "daemon/client/build_context.hpp"
#include "daemon/client/output_options.hpp"
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
  OutputOptions output;
};

Result<ExitCode> carry_out(const Options& options)
{
  const Result<BuildContext> context = open_context(options.build);
  if (context.has_error()) {
    return context.error();
  }
  const Result<std::vector<TestDescription>> tests = listed_tests(*context);
  if (tests.has_error()) {
    return tests.error();
  }
  if (options.output.format == "json") {
    std::cout << report::list_to_json(*tests, &context->graph) << '\n';
  } else if (options.output.format == "names") {
    std::cout << report::list_to_names(*tests, *tests, separator(options.output));
  } else {
    std::cout << report::list_to_text(*tests);
  }
  return ExitCode::passed;
}

} // namespace

void add_list(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("list", "The tests of the build tree");
  add_build_options(*verb, options->build);
  add_output_options(*verb, options->output, {"text", "names", "json"});
  verb->callback(
      [options, &invocation] { invocation.action = [options] { return carry_out(*options); }; });
}

} // namespace winnow::client
