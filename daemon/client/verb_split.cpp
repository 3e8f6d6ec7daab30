// winnow split: a selection cut into balanced chunks.
#include "analyzer/report/plan_text.hpp"
#include "analyzer/report/quantity_text.hpp"
#include "daemon/client/chunk_lists.hpp"
#include "daemon/client/duration_option.hpp"
#include "daemon/client/memory_option.hpp"
#include "daemon/client/output_options.hpp"
#include "daemon/client/plan_file.hpp"
#include "daemon/client/plan_query.hpp"
#include "daemon/client/split_document.hpp"
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
#include <utility>

namespace winnow::client {
namespace {

struct Options {
  BuildOptions build;
  ChangeOptions change;
  OutputOptions output;
  bool all = false;
  std::optional<std::uint32_t> chunks;
  std::optional<std::uint32_t> max_tests;
  std::string target_time;
  std::string job_overhead; ///< "" for none
  bool jobs_build = false;
  std::optional<std::uint32_t> cpus;
  std::optional<Budget> memory;
  std::string file;
  std::string plan;  ///< a plan that was made before, "" to make one
  std::string lists; ///< a directory, "" for none
  CiOptions ci;
  bool has_format = false;
  DaemonChoice daemon = DaemonChoice::shared;
};

Result<split::TargetTime> target_of(const Options& options)
{
  split::TargetTime target;
  const Result<double> seconds = seconds_of(options.target_time);
  if (seconds.has_error()) {
    return seconds.error();
  }
  target.seconds = *seconds;
  if (!options.job_overhead.empty()) {
    const Result<double> overhead = seconds_of(options.job_overhead);
    if (overhead.has_error()) {
      return overhead.error();
    }
    target.overhead_s = *overhead;
  }
  return target;
}

Result<PlanQuery> query_from(const Options& options)
{
  PlanQuery query;
  if (options.max_tests) {
    query.cut = split::MaxTests{*options.max_tests};
  } else if (options.chunks) {
    query.cut = split::ChunkCount{*options.chunks};
  } else {
    const Result<split::TargetTime> target = target_of(options);
    if (target.has_error()) {
      return target.error();
    }
    query.cut = *target;
  }
  query.build_time = options.jobs_build ? split::BuildTime::counted : split::BuildTime::left_out;
  query.cpus = options.cpus;
  query.memory = options.memory;
  if (!options.all) {
    query.change = options.change;
  }
  query.daemon = options.daemon;
  query.file = options.file;
  return query;
}

Result<void> write(const std::string& path, const std::string& text)
{
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.flush();
  if (!file) {
    return environment_error(fmt::format("cannot write {}: {}", path, std::strerror(errno)));
  }
  return {};
}

/// Says where no number of chunks would meet the target.
void tell_missed_target(const Plan& plan, const split::Cut& cut)
{
  const auto* target = std::get_if<split::TargetTime>(&cut);
  if (target == nullptr || plan.chunks.empty() ||
      plan.predicted_s + target->overhead_s <= target->seconds) {
    return;
  }
  const Chunk& slowest = plan.chunks.front();
  fmt::print(stderr,
             "winnow: no number of jobs keeps to {}: chunk 0, with {} that cannot be parted, is "
             "predicted to take {}\n",
             report::seconds_text(target->seconds),
             slowest.tests.size() == 1 ? slowest.tests.front().display()
                                       : report::count_text(slowest.tests.size(), "test"),
             report::seconds_text(plan.predicted_s + target->overhead_s));
}

/// Leaves the plan, in the form asked for, where it is asked for.
Result<ExitCode> deliver(const PlannedSelection& planned, const Options& options,
                         const BuildContext* context)
{
  SplitForm form{options.output, options.ci, options.plan.empty() ? "plan.json" : options.plan};
  if (!options.file.empty() && !options.has_format) {
    form.output.format = "json"; // a kept plan is for `run --plan`; people read the table
  }
  const Result<std::string> document =
      split_document(planned, context == nullptr ? nullptr : &context->graph, form);
  if (document.has_error()) {
    return document.error();
  }
  if (!options.lists.empty() && context != nullptr) {
    if (const Result<void> written = write_chunk_lists(planned.plan, context->graph, options.lists);
        written.has_error()) {
      return written.error();
    }
  }
  if (options.file.empty()) {
    std::cout << *document;
    return ExitCode::passed;
  }
  const Result<void> written = write(options.file, *document);
  if (written.has_error()) {
    return written.error();
  }
  if (options.build.verbosity >= 0) {
    std::cout << report::plan_to_text(planned.plan, color(options.output));
  }
  return ExitCode::passed;
}

Result<ExitCode> carry_out(const Options& options)
{
  if (!options.plan.empty()) {
    Result<Plan> plan = plan_in(options.plan);
    return plan ? deliver({std::move(*plan), std::nullopt, 0}, options, nullptr)
                : Result<ExitCode>(plan.error());
  }
  const Result<PlanQuery> query = query_from(options);
  if (query.has_error()) {
    return query.error();
  }
  const Result<BuildContext> context = open_context(options.build);
  if (context.has_error()) {
    return context.error();
  }
  const Result<PlannedSelection> planned = plan_for(*context, *query);
  if (planned.has_error()) {
    return planned.error();
  }
  if (planned->unmeasured > 0 && options.build.verbosity >= 0) {
    fmt::print(stderr,
               "winnow: no run has measured {} of this plan yet; the time is guessed from "
               "what is near\n",
               report::count_text(planned->unmeasured, "test"));
  }
  if (options.build.verbosity >= 0) {
    tell_missed_target(planned->plan, query->cut);
  }
  return deliver(*planned, options, &*context);
}

} // namespace

void add_split(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("split", "Cut the affected tests into balanced chunks");
  add_build_options(*verb, options->build);
  add_selection_options(*verb, options->change);
  add_output_options(
      *verb, options->output,
      {"text", "names", "json", "github", "gitlab", "azure", "buildkite", "circleci"});
  CLI::Option* all = verb->add_flag("--all", options->all, "All tests, not only the affected ones");
  for (const char* selecting : selection_option_names()) {
    all->excludes(verb->get_option(selecting));
  }
  CLI::Option_group* cut = verb->add_option_group("cut");
  cut->add_option("--chunks", options->chunks, "At most so many chunks")->type_name("N");
  cut->add_option("--target-time", options->target_time,
                  "As few chunks as take no longer than that each: 90s, 10m, 1.5h")
      ->type_name("TIME");
  CLI::Option* target = cut->get_option("--target-time");
  cut->add_option("--max-tests", options->max_tests, "As few chunks as have no more tests each")
      ->type_name("N");
  CLI::Option* plan =
      cut->add_option("--plan", options->plan, "Cut nothing: another form of this plan")
          ->type_name("FILE");
  cut->require_option(1);
  plan->excludes(all);
  for (const char* selecting : selection_option_names()) {
    plan->excludes(verb->get_option(selecting));
  }
  verb->add_option("--job-overhead", options->job_overhead,
                   "What of the target time a job takes beside its tests (default: nothing)")
      ->type_name("TIME")
      ->needs(target);
  verb->add_flag("--build", options->jobs_build,
                 "The jobs build what their tests need: cut so that they take equally long with it")
      ->excludes(plan);
  verb->add_option("-j,--slots", options->cpus,
                   "The cpus each chunk will run on (default: as winnow.json says, or as here)");
  add_memory_option(*verb, options->memory,
                    "How much memory each chunk may use (default: the same)");
  verb->add_option("-o,--output", options->file,
                   "Write the plan there, as JSON unless --format says otherwise")
      ->type_name("PATH");
  verb->add_option("--lists", options->lists,
                   "Write lists of each chunk's tests and targets into this directory")
      ->type_name("DIR")
      ->excludes(plan);
  add_ci_options(*verb, options->ci);
  verb->add_flag_callback(
      "--no-daemon", [options] { options->daemon = DaemonChoice::embedded; },
      "Read what past runs measured inside this process");
  verb->callback([verb, options, &invocation] {
    options->has_format = verb->count("--format") > 0;
    invocation.action = [options] { return carry_out(*options); };
  });
}

} // namespace winnow::client
