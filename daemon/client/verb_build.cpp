// winnow build: builds only what the affected tests need.
#include "daemon/client/build_step.hpp"
#include "daemon/client/selection_query.hpp"
#include "daemon/client/verb.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <memory>

namespace winnow::client {
namespace {

struct Options {
  BuildOptions build;
  ChangeOptions change;
};

Result<ExitCode> carry_out(const Options& options)
{
  const Result<BuildContext> context = open_context(options.build);
  if (context.has_error()) {
    return context.error();
  }
  const Result<Selection> selection = select_for(*context, options.change);
  if (selection.has_error()) {
    return selection.error();
  }
  const Result<BuildOutcome> built = build_selection(*context, *selection);
  if (built.has_error()) {
    return built.error();
  }
  if (*built == BuildOutcome::nothing_to_build) {
    fmt::print("Nothing to build: no affected test needs a target.\n");
  }
  return *built == BuildOutcome::failed ? ExitCode::step_failed : ExitCode::passed;
}

} // namespace

void add_build(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("build", "Build only what the affected tests need");
  add_build_options(*verb, options->build);
  add_selection_options(*verb, options->change);
  verb->callback(
      [options, &invocation] { invocation.action = [options] { return carry_out(*options); }; });
}

} // namespace winnow::client
