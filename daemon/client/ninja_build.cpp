// Rounds of a look at the tree, ninja, and a new recording.
#include "daemon/client/ninja_build.hpp"

#include "analyzer/ingest/ninja_log.hpp"
#include "analyzer/model/step_outputs.hpp"
#include "daemon/client/asked_outputs.hpp"
#include "daemon/client/came_or_gone.hpp"
#include "daemon/client/output_removal.hpp"
#include "daemon/client/program.hpp"
#include "daemon/client/stale_steps.hpp"
#include "daemon/client/whole_file.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace winnow::client {
namespace {

/// Once for what it read before, once for what was made beside it and that ninja knows no order
/// for. A step that is still out of date then writes what it reads.
constexpr int most_removals = 2;

/// The files and tests of `graph` that are wanted.
std::vector<NodeId> wanted_nodes(const Graph& graph, const WantedBuild& wanted)
{
  std::vector<NodeId> nodes;
  bool unmapped = false;
  if (wanted.extent == WantedBuild::Extent::everything) {
    for (TestId test{0}; test.value < graph.test_count(); ++test.value) {
      nodes.push_back(graph.node(test));
      unmapped = unmapped || graph.mapping(test) == Mapping::unmapped;
    }
  }
  for (TargetId target{0}; unmapped && target.value < graph.target_count(); ++target.value) {
    for (const FileId artifact : graph.artifacts(target)) {
      nodes.push_back(graph.node(artifact));
    }
  }
  for (const TestKey& key : wanted.tests) {
    if (const auto test = graph.find_test(key)) {
      nodes.push_back(graph.node(*test));
    }
  }
  for (const std::string& output : wanted.outputs) {
    if (const auto file = graph.find_file(std::string(build_prefix) + output)) {
      nodes.push_back(graph.node(*file));
    }
  }
  return nodes;
}

class NinjaBuild {
 public:
  NinjaBuild(const BuildContext& context, const WantedBuild& wanted)
      : context_(context),
        wanted_(wanted),
        graph_(context.graph),
        leaves_(context.leaves),
        changed_outside_(context.changed_outside),
        came_or_gone_(came_or_gone(context, wanted.change)),
        notes_(context.tree.roots),
        asked_(wanted.outputs.begin(), wanted.outputs.end())
  {}

  Result<BuildOutcome> run() &&
  {
    Result<bool> removed = remove_stale(NinjaRan::not_yet);
    if (removed && wanted_.extent == WantedBuild::Extent::these && asked_.empty()) {
      return BuildOutcome::nothing_to_build;
    }
    while (removed) {
      const Result<BuildOutcome> built = build_once();
      if (built.has_error() || *built != BuildOutcome::built) {
        return built;
      }
      removed = remove_stale(NinjaRan::just_now);
      if (removed && !*removed) {
        return BuildOutcome::built;
      }
    }
    return removed.error();
  }

  /// Whether run() would do nothing.
  bool is_done() &&
  {
    if (notes_.start().has_error() || !find_stale(NinjaRan::just_now).steps.empty()) {
      return false;
    }
    const bool nothing_asked = wanted_.extent == WantedBuild::Extent::these && asked_.empty();
    return (nothing_asked || ninja_has_nothing_to_do()) && !notes_.keep().has_error();
  }

 private:
  /// Whether anything was removed.
  Result<bool> remove_stale(NinjaRan ninja)
  {
    if (const Result<void> started = notes_.start(); started.has_error()) {
      return started.error();
    }
    const StaleSteps stale = find_stale(ninja);
    headers_came_or_went_ = stale.headers_came_or_went;
    bool removed = false;
    for (const StaleStep& step : stale.steps) {
      removed = remove(step, ninja) || removed;
    }
    if (const Result<void> kept = notes_.keep(); kept.has_error()) {
      return kept.error();
    }
    return removed;
  }

  /// Also what ninja has to be asked for.
  StaleSteps find_stale(NinjaRan ninja)
  {
    const Reach needed = reach(graph_, wanted_nodes(graph_, wanted_), Direction::dependencies);
    if (wanted_.extent == WantedBuild::Extent::these) {
      asked_.merge(outputs_read(graph_, needed));
    }
    const StaleQuery query{
        graph_,           leaves_,       needed, context_.tree.roots, context_.work_tree.sources,
        changed_outside_, came_or_gone_, ninja};
    return find_stale_steps(query, notes_);
  }

  /// Ninja first makes sure that build.ninja is up to date, and where globs are to be looked
  /// through again a dry run ends there. That is another question, and answered already: the tree
  /// was configured again if need be. So ninja reads a file of another name, which nothing makes.
  [[nodiscard]] bool ninja_has_nothing_to_do() const
  {
    const std::string including = context_.tree.roots.build + "/.winnow/dry_run.ninja";
    if (!write_whole_file(including, "include build.ninja\n").empty()) {
      return false;
    }
    std::vector<std::string> dry_run = command();
    const std::string options[] = {"-f", including, "-n"};
    dry_run.insert(dry_run.begin() + 1, std::begin(options), std::end(options));
    const Result<std::string> answer = program_output(dry_run);
    return answer && answer->ends_with("ninja: no work to do.");
  }

  bool remove(const StaleStep& stale, NinjaRan ninja)
  {
    const FileId first = stated_outputs(graph_, stale.step).front();
    if (++times_stale_[std::string(graph_.path(first))] > most_removals) {
      return false;
    }
    const std::vector<std::string> removed =
        remove_outputs(graph_, stale.step, context_.tree.roots, context_.work_tree.sources);
    for (const std::string& path : removed) {
      const std::string name = ninja_name(path);
      if (context_.verbosity > 0) {
        fmt::print(stderr, "winnow: removed {}: {}, which ninja does not know\n", name,
                   stale.because);
      }
      notes_.note_removed(path);
      asked_.insert(name);
    }
    if (removed.empty() && ninja == NinjaRan::just_now) {
      fmt::print(stderr,
                 "winnow: {} may be out of date: {}; ninja does not know, and it is not removed "
                 "since it is no file below the build directory; remove it to have it made anew\n",
                 context_.tree.roots.absolute(graph_.path(first)), stale.because);
    }
    return !removed.empty();
  }

  Result<BuildOutcome> build_once()
  {
    const Result<int> status = run_program(command(), variables());
    if (status.has_error()) {
      return status.error();
    }
    if (*status != 0) {
      return BuildOutcome::failed;
    }
    Result<Graph> recorded = record_anew(context_.tree, context_.work_tree.sources);
    if (recorded.has_error()) {
      return recorded.error();
    }
    graph_ = std::move(*recorded);
    note_what_ran();
    leaves_ = select::LeafInputs(graph_, context_.work_tree.sources.files);
    changed_outside_.clear();
    return BuildOutcome::built;
  }

  /// That a command that was asked for is done, of which nothing else may tell.
  void note_what_ran()
  {
    const std::string& build = context_.tree.roots.build;
    const Result<ingest::NinjaLog> log = ingest::read_ninja_log(build + "/.ninja_log");
    const bool all = wanted_.extent == WantedBuild::Extent::everything;
    for (StepId step{0}; log && step.value < graph_.step_count(); ++step.value) {
      if (graph_.step_kind(step) != StepKind::custom) {
        continue;
      }
      const bool ran = all && graph_.is_built_by_default(step);
      for (const FileId output : stated_outputs(graph_, step)) {
        const std::string_view path = graph_.path(output);
        const auto logged =
            origin_of(path) == Origin::build ? log->find(ninja_name(path)) : log->end();
        if (logged != log->end() && (ran || asked_.contains(logged->first))) {
          notes_.note_ran(path, graph_.fingerprint(step), logged->second.command_hash);
        }
      }
    }
  }

  /// Without names ninja builds all; what was removed need not be part of that.
  [[nodiscard]] std::vector<std::string> command() const
  {
    std::vector<std::string> command{context_.tree.ninja_command, "-C", context_.tree.roots.build};
    if (wanted_.extent == WantedBuild::Extent::everything && !asked_.empty()) {
      command.emplace_back("all");
    }
    command.insert(command.end(), asked_.begin(), asked_.end());
    return command;
  }

  /// A compiler cache's direct mode, too, goes by the headers that were read the last time.
  [[nodiscard]] Variables variables() const
  {
    return headers_came_or_went_ ? Variables{{"CCACHE_NODIRECT", "1"}, {"SCCACHE_DIRECT", "false"}}
                                 : Variables();
  }

  const BuildContext& context_;
  const WantedBuild& wanted_;
  Graph graph_;
  select::LeafInputs leaves_;                ///< of that graph
  std::vector<ChangedFile> changed_outside_; ///< since that graph was recorded
  std::vector<std::string> came_or_gone_;
  RebuildNotes notes_;
  bool headers_came_or_went_ = false;
  std::set<std::string> asked_;            ///< names that build.ninja has
  std::map<std::string, int> times_stale_; ///< by a step's first output
};

} // namespace

Result<BuildOutcome> build_with_ninja(const BuildContext& context, const WantedBuild& wanted)
{
  return NinjaBuild(context, wanted).run();
}

bool has_nothing_to_build(const BuildContext& context, const WantedBuild& wanted)
{
  return NinjaBuild(context, wanted).is_done();
}

} // namespace winnow::client
