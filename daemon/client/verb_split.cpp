// winnow split: a selection cut into balanced chunks.
#include "analyzer/report/plan_json.hpp"
#include "analyzer/report/plan_text.hpp"
#include "analyzer/split/split.hpp"
#include "daemon/client/output_options.hpp"
#include "daemon/client/selection_query.hpp"
#include "daemon/client/verb.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>
#include <thread>

namespace winnow::client {
namespace {

struct Options {
  BuildOptions build;
  ChangeOptions change;
  OutputOptions output;
  bool all = false;
  std::uint32_t chunks = 0;
  std::uint32_t max_tests = 0;
  std::uint32_t slots = std::max(1U, std::thread::hardware_concurrency());
  std::string file;
};

split::SplitOptions split_options(const Options& options)
{
  split::SplitOptions cut;
  if (options.max_tests > 0) {
    cut.cut = split::MaxTests{options.max_tests};
  } else {
    cut.cut = split::ChunkCount{options.chunks};
  }
  cut.machine.cpu_milli = options.slots * 1000;
  return cut;
}

split::TargetsOfTests targets_of_tests(const Graph& graph)
{
  split::TargetsOfTests targets;
  for (std::uint32_t i = 0; i < graph.test_count(); ++i) {
    std::vector<std::string>& names = targets[graph.key(TestId{i})];
    for (const TargetId target : graph.targets(TestId{i})) {
      names.emplace_back(graph.target_name(target));
    }
  }
  return targets;
}

std::string names_of(const Plan& plan)
{
  std::string text;
  for (const Chunk& chunk : plan.chunks) {
    for (const TestKey& test : chunk.tests) {
      text += fmt::format("{}\t{}\n", chunk.index, test.display());
    }
  }
  return text;
}

Result<void> write(const Options& options, const std::string& text)
{
  if (options.file.empty()) {
    std::cout << text;
    return {};
  }
  std::ofstream file(options.file, std::ios::binary);
  file << text;
  file.flush();
  if (!file) {
    return environment_error(
        fmt::format("cannot write {}: {}", options.file, std::strerror(errno)));
  }
  return {};
}

Result<ExitCode> carry_out(const Options& options)
{
  const Result<BuildContext> context = open_context(options.build);
  if (context.has_error()) {
    return context.error();
  }
  Result<std::vector<TestDescription>> tests = listed_tests(*context);
  if (tests.has_error()) {
    return tests.error();
  }
  std::optional<Selection> selection;
  if (!options.all) {
    const Result<Selection> selected = select_for(*context, options.change);
    if (selected.has_error()) {
      return selected.error();
    }
    selection = *selected;
    tests = only_selected(std::move(*tests), context->graph, *selection);
  }
  Result<Plan> plan =
      split::split(*tests, {}, split_options(options), targets_of_tests(context->graph));
  if (plan.has_error()) {
    return plan.error();
  }
  plan->commit = context->work_tree.sources.commit;
  const std::string& format = options.output.format;
  std::string text;
  if (format == "json") {
    text = (selection ? report::plan_to_json(*plan, context->graph, *selection)
                      : report::plan_to_json(*plan)) +
           '\n';
  } else {
    text = format == "names" ? names_of(*plan) : report::plan_to_text(*plan, color(options.output));
  }
  const Result<void> written = write(options, text);
  return written.has_error() ? Result<ExitCode>(written.error()) : ExitCode::passed;
}

} // namespace

void add_split(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("split", "Cut the affected tests into balanced chunks");
  add_build_options(*verb, options->build);
  add_change_options(*verb, options->change);
  add_output_options(*verb, options->output, {"text", "names", "json"});
  verb->add_flag("--all", options->all, "All tests, not only the affected ones");
  CLI::Option_group* cut = verb->add_option_group("cut");
  cut->add_option("--chunks", options->chunks, "At most so many chunks");
  cut->add_option("--max-tests", options->max_tests, "As few chunks as have no more tests each");
  cut->require_option(1);
  verb->add_option("-j,--slots", options->slots, "The cpus each chunk will run on");
  verb->add_option("-o,--output", options->file, "Write the plan there")->type_name("PATH");
  verb->callback(
      [options, &invocation] { invocation.action = [options] { return carry_out(*options); }; });
}

} // namespace winnow::client
