// The cheap sources first.
#include "daemon/client/base_graph.hpp"

#include "analyzer/change/commit_state.hpp"
#include "analyzer/ingest/configure_scan.hpp"
#include "analyzer/ingest/record.hpp"
#include "analyzer/select/configuration_files.hpp"
#include "daemon/client/base_configuration.hpp"
#include "daemon/client/cmake_evaluator.hpp"
#include "daemon/client/scratch_tree.hpp"
#include "daemon/client/toolchain_change.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace winnow::client {
namespace {

/// A cache tells what its settings are, not which of them a preset gave it.
bool changes_presets(const Change& change)
{
  return std::ranges::any_of(change.files, [](const ChangedFile& file) {
    return std::ranges::any_of(ingest::preset_files, [&](std::string_view presets) {
      return file.path == presets || file.old_path == presets;
    });
  });
}

/// Most sources are the same in both trees: what is known of one is not read again in the other.
void lend_include_index(const ingest::BuildTree& from, const ingest::BuildTree& to)
{
  namespace fs = std::filesystem;
  const fs::path borrowed = to.roots.build + "/" + std::string(ingest::include_index_path);
  std::error_code ignored; // it only saves time
  fs::create_directories(borrowed.parent_path(), ignored);
  fs::copy_file(from.roots.build + "/" + std::string(ingest::include_index_path), borrowed,
                fs::copy_options::overwrite_existing, ignored);
}

/// Puts other contents into a state, none where the hash is unknown.
void put_contents(FileListing& files, std::span<const FileVersion> others)
{
  std::vector<FileListing::Replacement> replaced;
  for (const FileVersion& file : others) {
    replaced.push_back({file.path, file.hash.known() ? std::optional(file.hash) : std::nullopt});
  }
  files.replace(std::move(replaced));
}

/// Configures base in a scratch tree and records what comes of it.
Result<Graph> make_graph(const BuildContext& context, const Snapshots& snapshots,
                         const SourceState& base)
{
  Result<ScratchTree> scratch = ScratchTree::make(context.tree.roots, base.commit);
  if (scratch.has_error()) {
    return scratch.error();
  }
  // Another winnow may have had the tree until now, for the same base.
  if (std::optional<Graph> made = snapshots.find_base(base, context.work_tree.sources)) {
    return *made;
  }
  fmt::print(stderr, "winnow: configuring {} aside, to compare with\n", base.commit.substr(0, 12));
  const Result<ingest::BuildTree> tree = configure_base(context.tree, *scratch, base);
  if (tree.has_error()) {
    return tree.error();
  }
  lend_include_index(context.tree, *tree);
  Result<ingest::TreeDescription> description =
      ingest::describe_tree(*tree, cmake_evaluator(tree->cmake_command, ProgramOutput::to_errors));
  if (description.has_error()) {
    return description.error();
  }
  Result<Graph> graph = Graph::from_image(
      ingest::record_graph(*tree, std::move(*description), &base).image, GraphSource::this_process);
  if (graph) {
    const Result<void> kept = snapshots.keep_as_base(*graph, Known::stays);
    if (kept.has_error()) {
      fmt::print(stderr, "winnow: {}\n", kept.error().message);
    }
  }
  return graph;
}

} // namespace

BaseGraph find_base_graph(const BuildContext& context, const Change& change, const BaseState& state)
{
  if (!context.stale_because.empty()) {
    return {}; // there is nothing that base could be compared with
  }
  const Snapshots snapshots(context.tree.roots.build);
  if (!select::needs_base_graph(context.graph, change)) {
    // It tells what no file does: -D and the like.
    const std::optional<std::string>& known = context.configuration;
    return {known ? snapshots.find_base_like(*known) : std::nullopt, {}};
  }
  if (changes_toolchain(context, change, state)) {
    return {std::nullopt, "some settings of a toolchain reach only build trees configured afresh"};
  }
  const Result<change::Repository>& repository = context.work_tree.repository;
  Result<SourceState> base =
      repository ? change::state_of_commit(*repository, context.tree.roots, change.base)
                 : Result<SourceState>(repository.error());
  if (base.has_error()) {
    return {std::nullopt, base.error().message};
  }
  put_contents(base->files, state.uncommitted);
  if (std::optional<Graph> kept = snapshots.find_base(*base, context.work_tree.sources)) {
    return {std::move(kept), {}};
  }
  if (changes_presets(change)) {
    return {std::nullopt, "base may have been configured with other settings by its presets; carry "
                          "its graph here: winnow graph export there, winnow graph import here"};
  }
  if (context.configure == Configure::never) {
    return {std::nullopt, "no graph of base is at hand, and --no-configure forbids to make one"};
  }
  if (!state.uncommitted.empty()) {
    return {std::nullopt, "no graph of that state, which was not committed, is at hand"};
  }
  if (state.may_be_made == Making::too_many) {
    return {std::nullopt, "no graph of base is at hand, and enough have been made"};
  }
  Result<Graph> made = make_graph(context, snapshots, *base);
  if (made.has_error()) {
    return {std::nullopt, "base's graph cannot be made: " + made.error().message};
  }
  return {std::move(*made), {}, true};
}

} // namespace winnow::client
