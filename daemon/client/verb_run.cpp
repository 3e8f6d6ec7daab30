// winnow run: runs tests of a build tree through the daemon.
#include "analyzer/ingest/build_tree.hpp"
#include "analyzer/ingest/ctest_files.hpp"
#include "daemon/client/build_options.hpp"
#include "daemon/client/run_options.hpp"
#include "daemon/client/test_filters.hpp"
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
  TestFilters filters;
  RunOptions run;
  bool all = false;
};

Result<ExitCode> carry_out(const Options& options)
{
  const Result<std::string> directory = build_directory(options.build);
  if (!directory) {
    return directory.error();
  }
  Result<ingest::BuildTree> tree = ingest::open_build_tree(*directory);
  if (!tree) {
    return tree.error();
  }
  const Result<ingest::TestListing> listing =
      ingest::read_ctest_files(tree->roots, options.build.configuration);
  if (!listing) {
    return listing.error();
  }
  const auto chosen = filtered(listing->tests, options.filters);
  if (!chosen) {
    return chosen.error();
  }
  if (chosen->empty() && options.filters.any()) {
    fmt::print(stderr, "winnow: no test matches the filters; `winnow list` shows all\n");
    return ExitCode::no_test_matched;
  }
  RunRequest request = request_for(*tree, options.run);
  for (const std::size_t test : with_fixtures(listing->tests, *chosen)) {
    request.tests.push_back({listing->tests[test], 0});
  }
  return carry_out_run(request, options.run);
}

} // namespace

void add_run(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("run", "Runs tests, by default those the change can affect");
  add_build_options(*verb, options->build);
  add_filter_options(*verb, options->filters);
  add_run_options(*verb, options->run);
  verb->add_flag("--all", options->all, "Every test, affected or not");
  verb->callback(
      [options, &invocation] { invocation.action = [options] { return carry_out(*options); }; });
}

} // namespace winnow::client
