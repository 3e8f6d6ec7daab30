// winnow flaky: the tests that failed and passed for no reason in the sources.
#include "analyzer/report/flakiness_report.hpp"
#include "daemon/client/build_options.hpp"
#include "daemon/client/known_history.hpp"
#include "daemon/client/number_option.hpp"
#include "daemon/client/terminal_text.hpp"
#include "daemon/client/verb.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace winnow::client {
namespace {

struct Options {
  BuildOptions build;
  std::string format = "text";
  std::optional<std::uint32_t> runs;
};

Result<ExitCode> carry_out(const Options& options)
{
  const Result<std::string> build = build_directory(options.build);
  if (build.has_error()) {
    return build.error();
  }
  const Result<ingest::BuildTree> tree = ingest::open_build_tree(*build);
  if (tree.has_error()) {
    return tree.error();
  }
  const Result<Flakiness> flakiness = known_flakiness(*tree, options.runs);
  if (flakiness.has_error()) {
    return flakiness.error();
  }
  if (options.format == "json") {
    fmt::print("{}\n", report::flakiness_to_json(*flakiness));
  } else {
    fmt::print("{}", escape_controls(report::flakiness_to_text(*flakiness)));
  }
  return ExitCode::passed;
}

} // namespace

void add_flaky(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand(
      "flaky",
      "The tests that failed in a run and also passed: in the same run, or in another at the same "
      "state of the sources and in the same build tree. Of this project and build type, by rate: "
      "such runs out of the kept ones in which the test was executed");
  add_build_options(*verb, options->build);
  verb->add_option("--format", options->format, "How they are shown")
      ->check(CLI::IsMember({"text", "json"}));
  verb->add_option("-n,--runs", options->runs, "Only the newest so many runs")
      ->type_name("RUNS")
      ->check(whole_number_from(1));
  verb->callback(
      [options, &invocation] { invocation.action = [options] { return carry_out(*options); }; });
}

} // namespace winnow::client
