// winnow run: runs the affected tests of a build tree through the daemon.
#include "analyzer/report/selection_text.hpp"
#include "daemon/client/build_step.hpp"
#include "daemon/client/run_options.hpp"
#include "daemon/client/selection_query.hpp"
#include "daemon/client/test_filters.hpp"
#include "daemon/client/verb.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <optional>

namespace winnow::client {
namespace {

struct Options {
  BuildOptions build;
  ChangeOptions change;
  TestFilters filters;
  RunOptions run;
  bool all = false;
  bool build_first = false;
};

/// The selection asked for, or none for --all.
Result<std::optional<Selection>> wanted_selection(const Options& options,
                                                  const BuildContext& context)
{
  if (options.all) {
    return std::optional<Selection>();
  }
  Result<Selection> selection = select_for(context, options.change);
  if (selection.has_error()) {
    return selection.error();
  }
  return std::optional(std::move(*selection));
}

/// Builds what the run needs and opens the tree again: tests may have been discovered.
/// Nothing when the build failed.
Result<std::optional<BuildContext>> built_context(const Options& options,
                                                  const BuildContext& context)
{
  Result<std::optional<Selection>> selection = wanted_selection(options, context);
  if (selection.has_error()) {
    return selection.error();
  }
  const Result<BuildOutcome> built =
      *selection ? build_selection(context, **selection) : build_everything(context);
  if (built.has_error()) {
    return built.error();
  }
  if (*built == BuildOutcome::failed) {
    return std::optional<BuildContext>();
  }
  Result<BuildContext> fresh = open_context(options.build);
  if (fresh.has_error()) {
    return fresh.error();
  }
  return std::optional(std::move(*fresh));
}

/// Whether the filters let any test of the tree through, affected or not.
enum class Matched { something, nothing };

/// Puts the tests to run into `request`.
Result<Matched> choose_tests(const Options& options, const BuildContext& context,
                             RunRequest& request)
{
  Result<std::vector<TestDescription>> tests = listed_tests(context);
  if (tests.has_error()) {
    return tests.error();
  }
  const auto matching = filtered(*tests, options.filters);
  if (matching.has_error()) {
    return matching.error();
  }
  if (matching->empty() && options.filters.any()) {
    return Matched::nothing;
  }
  const Result<std::optional<Selection>> selection = wanted_selection(options, context);
  if (selection.has_error()) {
    return selection.error();
  }
  std::vector<TestDescription> chosen;
  for (const std::size_t index : with_fixtures(*tests, *matching)) {
    chosen.push_back((*tests)[index]);
  }
  if (*selection) {
    if (options.build.verbosity >= 0) {
      fmt::print(stderr, "{}\n", report::selection_headline(context.graph, **selection));
    }
    chosen = only_selected(std::move(chosen), context.graph, **selection);
  }
  for (TestDescription& test : chosen) {
    request.tests.push_back({std::move(test), 0});
  }
  return Matched::something;
}

Result<ExitCode> carry_out(const Options& options)
{
  Result<BuildContext> context = open_context(options.build);
  if (context.has_error()) {
    return context.error();
  }
  if (options.build_first) {
    Result<std::optional<BuildContext>> built = built_context(options, *context);
    if (built.has_error()) {
      return built.error();
    }
    if (!*built) {
      return ExitCode::step_failed;
    }
    *context = std::move(**built);
  }
  RunRequest request = request_for(context->tree, options.run);
  const Result<Matched> matched = choose_tests(options, *context, request);
  if (matched.has_error()) {
    return matched.error();
  }
  if (*matched == Matched::nothing) {
    fmt::print(stderr, "winnow: no test matches the filters; `winnow list` shows all\n");
    return ExitCode::no_test_matched;
  }
  return carry_out_run(request, options.run);
}

} // namespace

void add_run(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("run", "Runs tests, by default those the change can affect");
  add_build_options(*verb, options->build);
  add_change_options(*verb, options->change);
  add_filter_options(*verb, options->filters);
  add_run_options(*verb, options->run);
  verb->add_flag("--all", options->all, "Every test, affected or not");
  verb->add_flag("--build", options->build_first, "Build what the tests need first");
  verb->callback(
      [options, &invocation] { invocation.action = [options] { return carry_out(*options); }; });
}

} // namespace winnow::client
