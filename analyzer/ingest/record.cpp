// Wiring: each source of knowledge in turn, the cheap and essential ones first.
#include "analyzer/ingest/record.hpp"

#include "analyzer/ingest/configure_scan.hpp"
#include "analyzer/ingest/include_index.hpp"
#include "analyzer/ingest/ninja_edge_kind.hpp"
#include "analyzer/ingest/read_tests.hpp"
#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/ingest/recorded_steps.hpp"
#include "analyzer/ingest/recorded_targets.hpp"
#include "analyzer/ingest/recorded_tests.hpp"
#include "analyzer/ingest/test_inputs.hpp"
#include "analyzer/ingest/text_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "version.hpp"

namespace winnow::ingest {
namespace {

GraphOrigin recording_origin(const BuildTree& tree, std::string stamp, const SourceState* tracked)
{
  return {.project = tree.project,
          .commit = tracked ? tracked->commit : std::string(),
          .generator = tree.generator,
          .configuration = tree.configuration,
          .compiler = tree.compiler,
          .build_stamp = std::move(stamp),
          .winnow_version = WINNOW_VERSION,
          .configure_reads = {}};
}

/// Types and header-only libraries; the graph is right without them.
void add_described_targets(const BuildTree& tree, const Export& exported, RecordedTargets& targets,
                           std::vector<std::string>& warnings)
{
  const Result<std::vector<ApiTarget>> described =
      read_file_api(tree.roots.build, tree.configuration,
                    [&](const std::string& name) { return targets.is_linked(name); });
  if (described) {
    for (const ApiTarget& target : *described) {
      if (!is_dashboard_target(target.name)) {
        targets.add(target);
      }
    }
  } else {
    warnings.push_back(described.error().message);
  }
  for (const ExportedTarget& target : exported.targets) {
    targets.add(target);
  }
}

/// What CTest files include from the sources changes the tests without CMake being run.
void add_test_files(const TestListing& listing, GraphBuilder& builder, RecordedFiles& files,
                    RecordedSayings& sayings)
{
  for (StepId step{0}; step.value < builder.step_count(); ++step.value) {
    if (builder.step(step).rule != configure_rule) {
      continue;
    }
    for (const std::string& path : listing.files_read) {
      if (const FileId file = files.input(path).file;
          origin_of(builder.path(file)) == Origin::source) {
        builder.add_input(file, step, EdgeKind::implicit_input);
        sayings.add_script(file);
      }
    }
  }
}

/// Fetched contents are many; only where some step's headers are not recorded may one of them be a
/// header that no edge leads from.
bool has_unknown_headers(GraphBuilder& builder)
{
  for (StepId step{0}; step.value < builder.step_count(); ++step.value) {
    if (builder.step(step).headers == HeaderList::unknown) {
      return true;
    }
  }
  return false;
}

/// A submodule that holds something configuring reads is read as a whole: git tells its commit.
void add_submodules(std::vector<ConfigureRead>& reads, const std::vector<std::string>& scripts,
                    const Roots& roots, const FileListing& submodules)
{
  std::vector<std::string> paths;
  for (const std::string& script : scripts) {
    paths.push_back(roots.graph_path(script));
  }
  for (const ConfigureRead& read : reads) {
    paths.push_back(read.pattern);
  }
  submodules.for_each([&](std::string_view submodule, const ContentHash&) {
    if (std::ranges::any_of(paths,
                            [&](const std::string& path) { return is_within(path, submodule); })) {
      reads.push_back({ConfigureRead::What::contents, std::string(submodule), {}});
    }
  });
}

/// The first line names the configuration, which an earlier graph may share.
std::string configure_reads_of(const NinjaManifest& manifest, const Roots& roots,
                               const SourceState* tracked, const Graph* earlier,
                               std::int64_t configured_ns)
{
  const std::string mark = fmt::format("configured {}\n", configured_ns);
  if (earlier != nullptr) {
    std::string known = earlier->origin().configure_reads;
    if (known.starts_with(mark)) {
      return known;
    }
  }
  std::vector<std::string> scripts;
  for (const NinjaEdge& edge : manifest.edges()) {
    if (edge.rule->name == configure_rule) {
      for (const auto inputs : {manifest.explicit_inputs(edge), manifest.implicit_inputs(edge)}) {
        scripts.insert(scripts.end(), inputs.begin(), inputs.end());
      }
    }
  }
  std::vector<ConfigureRead> reads = scan_configure_reads(scripts, roots);
  for (const std::string_view presets : preset_files) {
    reads.push_back({ConfigureRead::What::contents, std::string(presets), {}});
  }
  if (tracked != nullptr) {
    add_submodules(reads, scripts, roots, tracked->submodules);
    set_states(reads, roots, *tracked, configured_ns);
  }
  return mark + to_lines(reads);
}

} // namespace

Result<DescribedTests> describe_tests(const BuildTree& tree, const CMakeEvaluator& evaluator)
{
  Result<Export> exported = read_export_of(tree);
  if (!exported) {
    return exported.error();
  }
  Result<TestListing> listing = read_tests(tree, *exported, evaluator);
  if (!listing) {
    return listing.error();
  }
  const Result<std::string> indexed =
      read_text_file(tree.roots.build + "/" + std::string(include_index_path));
  const Result<std::string> outside =
      read_text_file(tree.roots.build + "/" + std::string(outside_contents_path));
  return DescribedTests{std::move(*exported), std::move(*listing),
                        read_ninja_deps(tree.roots.build + "/.ninja_deps"),
                        IncludeIndex::from_bytes(indexed ? *indexed : std::string()),
                        OutsideContents::from_bytes(outside ? *outside : std::string())};
}

Result<TreeDescription> describe_tree(const BuildTree& tree, std::string build_stamp,
                                      const std::function<Result<DescribedTests>()>& tests)
{
  Result<NinjaManifest> manifest = NinjaManifest::load(tree.roots.build + "/build.ninja");
  if (!manifest) {
    return manifest.error();
  }
  StepCommands commands(*manifest, tree.roots);
  Result<DescribedTests> described = tests();
  if (!described) {
    return described.error();
  }
  return TreeDescription{
      std::move(build_stamp),         std::move(*manifest),         std::move(described->exported),
      std::move(described->listing),  std::move(commands),          std::move(described->deps),
      std::move(described->includes), std::move(described->outside)};
}

Result<TreeDescription> describe_tree(const BuildTree& tree, const CMakeEvaluator& evaluator)
{
  return describe_tree(tree, current_build_stamp(tree),
                       [&] { return describe_tests(tree, evaluator); });
}

RecordedGraph record_graph(const BuildTree& tree, TreeDescription description,
                           const SourceState* tracked, const Graph* earlier)
{
  auto& [stamp, manifest, exported, listing, commands, deps, includes, outside] = description;
  GraphBuilder builder;
  builder.origin = recording_origin(tree, std::move(stamp), tracked);
  RecordedGraph recorded;
  if (!deps) {
    recorded.warnings.push_back(deps.error().message +
                                "; until then headers are looked for in the text of the sources");
  }
  RecordedFiles files(builder, tree.roots, tracked);
  RecordedTargets targets(builder, files);
  RecordedSteps steps(builder, files, targets,
                      {manifest, commands, deps ? &*deps : nullptr, tracked, includes});
  steps.record(recorded.warnings);
  add_described_targets(tree, exported, targets, recorded.warnings);
  TestInputs inputs(builder, files, targets, steps);
  RecordedSayings sayings(builder, files);
  RecordedTests tests(builder, tree.roots, inputs, sayings);
  tests.record(listing, exported);
  add_test_files(listing, builder, files, sayings);
  const std::int64_t configured_ns = files.status(tree.roots.build + "/build.ninja").mtime_ns;
  files.add_configured_files(configured_ns, has_unknown_headers(builder)
                                                ? RecordedFiles::Fetched::included
                                                : RecordedFiles::Fetched::left_out);
  steps.finish(tests.data_names());
  steps.add_sayings(sayings);
  sayings.add_unread_files();
  builder.origin.configure_reads =
      configure_reads_of(manifest, tree.roots, tracked, earlier, configured_ns);
  files.record_contents(outside);
  recorded.tests = std::move(listing.tests);
  recorded.undiscovered = std::move(listing.undiscovered);
  recorded.image = builder.finish();
  if (includes.changed()) {
    recorded.include_index = includes.bytes();
  }
  if (outside.changed()) {
    recorded.outside_contents = outside.bytes();
  }
  return recorded;
}

} // namespace winnow::ingest
