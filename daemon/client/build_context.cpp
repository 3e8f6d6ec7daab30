// From -B to a graph: open, configure where needed, find or record.
#include "daemon/client/build_context.hpp"

#include "analyzer/ingest/build_stamp.hpp"
#include "analyzer/ingest/cmake_cache.hpp"
#include "analyzer/ingest/record.hpp"
#include "analyzer/select/configuration_state.hpp"
#include "daemon/client/cmake_evaluator.hpp"
#include "daemon/client/discover_cases.hpp"
#include "daemon/client/file_api_query.hpp"
#include "daemon/client/headers_beside_git.hpp"
#include "daemon/client/known_history.hpp"
#include "daemon/client/outside_files.hpp"
#include "daemon/client/program.hpp"
#include "daemon/client/work_tree_of.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <future>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

/// The first CMake input of the recorded tree that is newer than its build.ninja or gone, in words;
/// "" if none is.
std::string newer_cmake_input(const ingest::BuildTree& tree, const Graph& graph)
{
  std::error_code failure;
  const fs::file_time_type generated =
      fs::last_write_time(tree.roots.build + "/build.ninja", failure);
  for (std::uint32_t i = 0; i < graph.step_count(); ++i) {
    const StepId step{i};
    if (graph.rule(step) != ingest::configure_rule) {
      continue;
    }
    for (const Neighbour input : graph.dependencies(graph.node(step))) {
      const std::string path = tree.roots.absolute(graph.path(graph.file(input.node)));
      const fs::file_time_type written = fs::last_write_time(path, failure);
      if (failure || written > generated) {
        return path + " is newer than the build tree";
      }
    }
  }
  return {};
}

/// What configuring read and is different now, in words; "" if nothing is known to be.
std::string why_read_anew(const Graph& graph, const SourceState& sources)
{
  const std::optional<ConfigureRead> read = select::stale_read(graph, sources);
  if (!read) {
    return {};
  }
  return read->what == ConfigureRead::What::commit
             ? "configuring asked git about HEAD, which may have moved since"
             : fmt::format("configuring read or looked for {}, where something may have changed "
                           "since",
                           read->pattern);
}

Result<void> configure_again(const ingest::BuildTree& tree, const std::string& because)
{
  fmt::print(stderr, "winnow: {}; configuring again\n", because);
  plant_file_api_query(tree.roots.build);
  // By the name that CMake knows the tree by: given another one it writes all of it anew.
  const Result<ingest::CMakeCache> cache = ingest::read_cmake_cache(tree.roots.build);
  const std::string known_as = cache ? value_of(*cache, "CMAKE_CACHEFILE_DIR") : "";
  const Result<int> status =
      run_program({tree.cmake_command, known_as.empty() ? tree.roots.build : known_as});
  if (status.has_error()) {
    return status.error();
  }
  if (*status != 0) {
    return step_error(fmt::format("{} could not configure {} again (exit code {}); see above, or "
                                  "use --no-configure",
                                  tree.cmake_command, tree.roots.build, *status));
  }
  return {};
}

/// A tree as it is now, and its graph of before, if there was one.
struct Described {
  Result<ingest::TreeDescription> tree;
  std::optional<Graph> earlier;
};

/// Side by side: of a large tree it takes longer than git does.
Described describe(const ingest::BuildTree& tree)
{
  std::string stamp = ingest::current_build_stamp(tree);
  auto tests = std::async(std::launch::async, [&] { return ingest::describe_tests(tree); });
  auto earlier =
      std::async(std::launch::async, [&] { return Snapshots(tree.roots.build).newest(); });
  Result<ingest::TreeDescription> description =
      ingest::describe_tree(tree, std::move(stamp), [&] { return tests.get(); });
  return {std::move(description), earlier.get()};
}

Result<Graph> record_described(const ingest::BuildTree& tree, Described described,
                               const SourceState& sources, Known base)
{
  auto& [description, earlier] = described;
  if (description &&
      !(description->listing.undiscovered.empty() && description->listing.unevaluated.empty())) {
    discover_cases(tree.cmake_command, tree.test_configuration, description->listing.undiscovered);
    description =
        ingest::describe_tree(tree, cmake_evaluator(tree.cmake_command, ProgramOutput::to_errors));
  }
  if (description.has_error()) {
    return description.error();
  }
  const std::uint64_t evaluated = description->listing.evaluated;
  const Snapshots snapshots(tree.roots.build);
  const ingest::RecordedGraph recorded =
      ingest::record_graph(tree, std::move(*description), &sources, earlier ? &*earlier : nullptr);
  for (const std::string& warning : recorded.warnings) {
    fmt::print(stderr, "winnow: {}\n", warning);
  }
  Result<Graph> graph = Graph::from_image(recorded.image, GraphSource::this_process);
  if (graph.has_error()) {
    return graph.error();
  }
  keep_evaluation(tree, graph->origin().build_stamp, evaluated);
  // All of it is written twice, which takes long.
  std::future<Result<void>> keeping_base =
      std::async(std::launch::async, [&] { return snapshots.keep_as_base(*graph, base); });
  Result<void> kept = snapshots.keep(graph->origin().build_stamp, *graph);
  if (const Result<void> kept_as_base = keeping_base.get(); kept) {
    kept = kept_as_base;
  }
  if (kept && recorded.outside_contents) {
    keep_outside_contents(tree, *recorded.outside_contents);
  }
  if (kept && recorded.include_index) {
    kept = snapshots.keep_include_index(*recorded.include_index);
  }
  if (kept.has_error()) {
    fmt::print(stderr, "winnow: {}\n", kept.error().message);
  }
  return *graph;
}

struct FoundGraph {
  Graph graph;
  bool recorded_now;
  select::LeafInputs leaves;
  std::vector<FileVersion> outside;
  std::optional<std::string> configuration;
  std::string stale_because; ///< "" if nothing is known to be newer
  FindableSince findable;
};

FoundGraph found_graph(const ingest::BuildTree& tree, const Graph& graph, bool recorded_now,
                       const FileListing& known)
{
  select::LeafInputs leaves(graph, known);
  std::vector<FileVersion> outside = outside_files(tree, graph, leaves);
  return {graph,
          recorded_now,
          std::move(leaves),
          std::move(outside),
          select::configuration_state(graph),
          newer_cmake_input(tree, graph),
          recorded_now ? FindableSince() : findable_since(graph, tree.roots)};
}

/// The files of `known` are what the sources mostly are.
std::optional<FoundGraph> kept_graph(const ingest::BuildTree& tree, const FileListing& known)
{
  const std::optional<Graph> kept =
      Snapshots(tree.roots.build).find(ingest::current_build_stamp(tree));
  return kept ? std::optional(found_graph(tree, *kept, false, known)) : std::nullopt;
}

/// Most of both has just been compared; little is asked for afterwards.
void drop_pages(const std::optional<FoundGraph>& graph, const std::optional<KeptCommit>& commit)
{
  if (graph) {
    graph->graph.drop_pages();
  }
  if (commit) {
    commit->file->drop_pages();
  }
}

Result<FoundGraph> recorded_graph(const ingest::BuildTree& tree, Described described,
                                  const SourceState& sources, Known base)
{
  const Result<Graph> recorded = record_described(tree, std::move(described), sources, base);
  if (recorded.has_error()) {
    return recorded.error();
  }
  return found_graph(tree, *recorded, true, sources.files);
}

/// The graph of a tree that is configured as its sources are.
Result<FoundGraph> configured_graph(const ingest::BuildTree& tree, const SourceState& sources,
                                    Known base)
{
  std::optional<FoundGraph> kept = kept_graph(tree, sources.files);
  if (kept && !evaluates_as_kept(tree, kept->graph.origin().build_stamp)) {
    kept.reset();
  }
  Result<FoundGraph> found = kept ? Result<FoundGraph>(std::move(*kept))
                                  : recorded_graph(tree, describe(tree), sources, base);
  if (found) {
    found->stale_because.clear(); // CMake has the last word on what is new to it
  }
  return found;
}

Result<ingest::BuildTree> tree_meant_by(const BuildOptions& options)
{
  const Result<std::string> directory = build_directory(options);
  if (directory.has_error()) {
    return directory.error();
  }
  Result<ingest::BuildTree> tree = ingest::open_build_tree(*directory);
  if (tree) {
    tree->test_configuration = options.configuration;
  }
  return tree;
}

} // namespace

Result<ingest::TestListing> test_listing(const BuildContext& context)
{
  const Result<ingest::Export> exported = ingest::read_export_of(context.tree);
  if (exported.has_error()) {
    return exported.error();
  }
  return evaluated_tests(context.tree, *exported);
}

Result<std::vector<TestDescription>> listed_tests(const BuildContext& context)
{
  Result<ingest::TestListing> listing = test_listing(context);
  if (listing.has_error()) {
    return listing.error();
  }
  return std::move(listing->tests);
}

Result<Graph> record_anew(const ingest::BuildTree& tree, const SourceState& sources, Known base)
{
  return record_described(tree, describe(tree), sources, base);
}

Result<BuildContext> open_context(const BuildOptions& options, Known base)
{
  const Result<ingest::BuildTree> tree = tree_meant_by(options);
  if (tree.has_error()) {
    return tree.error();
  }
  const std::optional<KeptCommit> known = kept_commit(tree->roots);
  // Git takes longer than all the rest.
  std::future<Result<change::WorkTree>> looking =
      std::async(std::launch::async, [&] { return work_tree_of(tree->roots, known); });
  std::shared_future<Result<Greens>> red_tests = std::async(
      std::launch::async, [tree = *tree] { return known_greens(tree, GreensOf::red_tests); });
  std::optional<FoundGraph> kept =
      kept_graph(*tree, known ? known->commit.state.files : FileListing());
  drop_pages(kept, known);
  std::optional<Described> described;
  if (!kept) {
    described = describe(*tree);
  }
  Result<change::WorkTree> work_tree = looking.get();
  if (work_tree.has_error()) {
    return work_tree.error();
  }
  const SourceState& sources = work_tree->sources;
  if (kept && !evaluates_as_kept(*tree, kept->graph.origin().build_stamp)) {
    kept.reset();
    described = describe(*tree);
  }
  Result<FoundGraph> found = kept ? Result<FoundGraph>(std::move(*kept))
                                  : recorded_graph(*tree, std::move(*described), sources, base);
  if (found.has_error()) {
    return found.error();
  }
  std::string stale = found->stale_because;
  if (stale.empty()) {
    stale = why_read_anew(found->graph, sources);
  }
  if (!stale.empty() && options.configure == Configure::when_needed) {
    const Result<void> configured = configure_again(*tree, stale);
    if (configured.has_error()) {
      return configured.error();
    }
    found = configured_graph(*tree, sources, base);
    if (found.has_error()) {
      return found.error();
    }
    stale.clear();
  } else if (!stale.empty()) {
    stale += ", and --no-configure forbids to configure it";
  }
  std::vector<ChangedFile> changed = changed_outside(found->graph, found->outside);
  std::vector<ChangedFile> beside_git = headers_beside_git(found->findable, sources);
  return BuildContext{*tree,
                      found->graph,
                      std::move(found->leaves),
                      std::move(found->outside),
                      std::move(changed),
                      found->configuration,
                      found->recorded_now,
                      std::move(*work_tree),
                      std::move(beside_git),
                      found->graph.origin().build_stamp,
                      std::move(red_tests),
                      options.configure,
                      options.verbosity,
                      stale};
}

} // namespace winnow::client
