// winnow run: runs the affected tests of a build tree, or those of a plan, through the daemon.
#include "analyzer/model/roots.hpp"
#include "analyzer/report/plan_json.hpp"
#include "analyzer/report/selection_text.hpp"
#include "analyzer/report/shadow_report.hpp"
#include "daemon/client/branch_name.hpp"
#include "daemon/client/build_step.hpp"
#include "daemon/client/chosen_tests.hpp"
#include "daemon/client/dry_run.hpp"
#include "daemon/client/heeded_settings.hpp"
#include "daemon/client/plan_file.hpp"
#include "daemon/client/planned_tests.hpp"
#include "daemon/client/pulled_chunks.hpp"
#include "daemon/client/run_options.hpp"
#include "daemon/client/selection_query.hpp"
#include "daemon/client/shadow.hpp"
#include "daemon/client/state_watch.hpp"
#include "daemon/client/unknown_test.hpp"
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
  PlanOptions plan;
  PullOptions pull;
  bool all = false;
  bool build_first = false;
  bool shadow = false;
};

/// What decides which tests run: a plan, a selection, or neither with --all. In the shadow of a
/// selection, all run.
struct Wanted {
  std::optional<Plan> plan;
  std::optional<Selection> selection;
  std::optional<Selection> shadow;
};

Result<Wanted> wanted_from(const Options& options, const BuildContext& context)
{
  Wanted wanted;
  if (!options.plan.file.empty()) {
    Result<Plan> plan = read_plan(options.plan, context);
    if (plan.has_error()) {
      return plan.error();
    }
    wanted.plan = std::move(*plan);
  } else if (!options.all) {
    Result<Selection> selection = select_for(context, options.change);
    if (selection.has_error()) {
      return selection.error();
    }
    (options.shadow ? wanted.shadow : wanted.selection) = std::move(*selection);
  }
  return wanted;
}

Result<BuildOutcome> build(const Options& options, const Wanted& wanted,
                           const BuildContext& context)
{
  if (wanted.plan) {
    return build_chunks(context, wanted_chunks(*wanted.plan, options.plan));
  }
  return wanted.selection ? build_selection(context, *wanted.selection) : build_everything(context);
}

/// Puts the tests of the plan into `request`.
Result<PlannedRun> add_planned(const Options& options, const Plan& plan,
                               const BuildContext& context,
                               const std::vector<TestDescription>& listed, RunRequest& request)
{
  Result<PlannedTests> planned = planned_tests(plan, options.plan, context, listed);
  if (planned.has_error()) {
    return planned.error();
  }
  request.tests = std::move(planned->tests);
  for (const Chunk& chunk : plan.chunks) {
    request.chunk_names.push_back(fmt::format("chunk {}", chunk.index));
  }
  PlannedRun run{report::plan_id(plan), plan.commit, {}, std::move(planned->discovered)};
  for (const Chunk& chunk : wanted_chunks(plan, options.plan)) {
    run.chunks.push_back(chunk.index);
  }
  return run;
}

/// Puts the tests to run into `request`; false if the filters match none.
Result<bool> add_tests(const Options& options, const Wanted& wanted, const BuildContext& context,
                       const std::vector<TestDescription>& listed, RunRequest& request)
{
  Result<std::optional<std::vector<RequestedTest>>> tests =
      chosen_tests(context, listed, options.filters, wanted.selection);
  if (tests.has_error()) {
    return tests.error();
  }
  if (*tests && wanted.selection && options.build.verbosity >= 0) {
    fmt::print(stderr, "{}\n", report::selection_headline(context.graph, *wanted.selection));
  }
  request.tests = std::move(*tests).value_or(std::vector<RequestedTest>());
  return tests->has_value();
}

/// Says which name is nobody's: that the others were run would hide it.
bool knows_all_names(const TestFilters& filters, const std::vector<TestDescription>& listed)
{
  const std::string unknown = name_of_no_test(listed, filters);
  if (unknown.empty()) {
    return true;
  }
  std::vector<std::string> known;
  for (const TestDescription& test : listed) {
    known.push_back(test.key.display());
  }
  fmt::print(stderr, "winnow: {}\n", unknown_test_text(unknown, known));
  return false;
}

/// Whether the sources that were built are those of now.
enum class Sources { as_built, edited_meanwhile };

std::vector<TestKey> keys_of(const std::vector<RequestedTest>& tests)
{
  std::vector<TestKey> keys;
  for (const RequestedTest& test : tests) {
    keys.push_back(test.description.key);
  }
  return keys;
}

/// A request, and what it was made of.
struct ReadyRun {
  const BuildContext& context;
  const std::vector<TestDescription>& listed;
  const RunRequest& request;
  Sources sources = Sources::as_built;
  std::optional<PlannedRun> planned;
};

/// Runs the request with all that goes on beside it, or only says what would run.
Result<ExitCode> run(const Options& options, const Wanted& wanted, const ReadyRun& ready)
{
  const BuildContext& context = ready.context;
  const RunRequest& request = ready.request;
  std::optional<Shadow> shadow;
  if (wanted.shadow) {
    shadow.emplace(context, *wanted.shadow, request.tests);
  }
  if (options.run.dry_run) {
    fmt::print("{}", shadow ? report::shadow_to_text(shadow->report({})) : "");
    return say_run(request, context.tree, ready.listed, options.run.daemon);
  }
  std::optional<StateWatch> state;
  if (ready.sources == Sources::as_built && !context.work_tree.sources.commit.empty() &&
      !request.tests.empty()) {
    state.emplace(context, keys_of(request.tests));
  }
  return carry_out_run(request, options.run,
                       {state ? &*state : nullptr, shadow ? &*shadow : nullptr,
                        options.build.verbosity > 0 ? Detail::waits : Detail::usual,
                        ready.planned ? &*ready.planned : nullptr});
}

/// Runs what is wanted of a tree that is built as far as it is to be.
Result<ExitCode> run(const Options& options, const Wanted& wanted, const BuildContext& context,
                     Sources sources)
{
  Result<ingest::TestListing> listing = test_listing(context);
  if (listing.has_error()) {
    return listing.error();
  }
  const Result<HeededSettings> heeded = heed_settings(context.tree.roots, *listing);
  if (heeded.has_error()) {
    return heeded.error();
  }
  const std::vector<TestDescription>& listed = listing->tests;
  if (!knows_all_names(options.filters, listed)) {
    return ExitCode::no_test_matched;
  }
  Result<RunRequest> started = request_for(context.tree, options.run);
  if (started.has_error()) {
    return started.error();
  }
  RunRequest request = std::move(*started);
  std::optional<PlannedRun> planned;
  if (wanted.plan) {
    Result<PlannedRun> added = add_planned(options, *wanted.plan, context, listed, request);
    if (added.has_error()) {
      return added.error();
    }
    planned = std::move(*added);
  } else {
    const Result<bool> matched = add_tests(options, wanted, context, listed, request);
    if (matched.has_error()) {
      return matched.error();
    }
    if (!*matched) {
      fmt::print(stderr, "winnow: no test matches the filters; `winnow list` shows all\n");
      return ExitCode::no_test_matched;
    }
  }
  const Result<void> ruled = apply_run_settings(context, *listing, *heeded, request);
  if (ruled.has_error()) {
    return ruled.error();
  }
  request.branch = branch_name(context.work_tree.branch);
  return run(options, wanted, {context, listed, request, sources, std::move(planned)});
}

/// What changed in the sources beside git: the recording that told so has given way to one of what
/// was built.
std::vector<ChangedFile> changed_beside_git(const Wanted& wanted, const SourceState& before)
{
  const std::optional<Selection>& selection = wanted.selection ? wanted.selection : wanted.shadow;
  std::vector<ChangedFile> files;
  if (selection) {
    files = selection->change.files;
  }
  std::erase_if(files, [&](const ChangedFile& file) {
    return file.status == ChangeStatus::renamed || origin_of(file.path) != Origin::source ||
           before.files.contains(file.path);
  });
  return files;
}

Result<ExitCode> carry_out(const Options& options)
{
  Result<BuildContext> context = open_context(options.build);
  if (context.has_error()) {
    return context.error();
  }
  Result<Wanted> wanted = wanted_from(options, *context);
  if (wanted.has_error()) {
    return wanted.error();
  }
  if (!options.build_first) {
    return run(options, *wanted, *context, Sources::as_built);
  }
  const SourceState before = context->work_tree.sources;
  const std::vector<ChangedFile> beside_git = changed_beside_git(*wanted, before);
  const Result<BuildOutcome> built = build(options, *wanted, *context);
  if (built.has_error()) {
    return built.error();
  }
  if (*built == BuildOutcome::failed) {
    return ExitCode::step_failed;
  }
  // Tests may have been discovered, and a selection names those of before.
  const std::vector<ChangedFile> built_with = std::move(context->changed_outside);
  context = open_context(options.build);
  if (context.has_error()) {
    return context.error();
  }
  context->changed_outside.insert(context->changed_outside.end(), built_with.begin(),
                                  built_with.end());
  context->headers_beside_git.insert(context->headers_beside_git.end(), beside_git.begin(),
                                     beside_git.end());
  if (!wanted->plan) {
    wanted = wanted_from(options, *context);
  }
  if (wanted.has_error()) {
    return wanted.error();
  }
  const bool same = before == context->work_tree.sources;
  return run(options, *wanted, *context, same ? Sources::as_built : Sources::edited_meanwhile);
}

/// Chunk after chunk, each as a run of its own.
Result<ExitCode> pull(const Options& options)
{
  const Result<Plan> plan = plan_in(options.plan.file);
  if (plan.has_error()) {
    return plan.error();
  }
  return pull_chunks(options.pull, *plan, [&](std::uint32_t chunk, const std::string& results) {
    Options of_chunk = options;
    of_chunk.plan.chunk = chunk;
    of_chunk.run.results = results;
    return carry_out(of_chunk);
  });
}

/// A plan says exactly what runs: nothing else may.
void add_plan_options(CLI::App& verb, PlanOptions& options)
{
  CLI::Option* plan =
      verb.add_option("--plan", options.file, "The tests of this plan, each chunk with its status")
          ->type_name("FILE");
  CLI::Option* chunk =
      verb.add_option("--chunk", options.chunk, "Only this chunk of the plan; the first is 0")
          ->type_name("I")
          ->needs(plan);
  CLI::Option* pull = verb.get_option("--pull")->needs(plan)->excludes(chunk);
  for (const char* other : {"--junit", "--results", "--annotations", "--detach", "--dry-run"}) {
    pull->excludes(verb.get_option(other));
  }
  for (const char* selecting : selection_option_names()) {
    plan->excludes(verb.get_option(selecting));
  }
  for (const char* other : {"--all", "--shadow", "TEST", "--tests-regex", "--exclude-regex",
                            "--label-regex", "--label-exclude"}) {
    plan->excludes(verb.get_option(other));
  }
}

} // namespace

void add_run(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("run", "Runs tests, by default those the change can affect");
  add_build_options(*verb, options->build);
  add_selection_options(*verb, options->change);
  add_filter_options(*verb, options->filters);
  add_run_options(*verb, options->run);
  CLI::Option* all = verb->add_flag("--all", options->all, "Every test, affected or not");
  for (const char* selecting : selection_option_names()) {
    all->excludes(verb->get_option(selecting));
  }
  verb->add_flag("--shadow", options->shadow,
                 "Every test, and tell which ones would have been skipped, and whether they failed")
      ->excludes(verb->get_option("--all"));
  verb->add_flag("--build", options->build_first, "Build what the tests need first");
  add_pull_options(*verb, options->pull);
  add_plan_options(*verb, options->plan);
  verb->callback([options, &invocation] {
    invocation.action = [options] {
      return options->pull.directory.empty() ? carry_out(*options) : pull(*options);
    };
  });
}

} // namespace winnow::client
