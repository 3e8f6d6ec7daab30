// Collects what git knows, what it does not track, and what CMake was told.
#include "daemon/client/tested_state.hpp"

#include "analyzer/change/work_tree.hpp"
#include "analyzer/ingest/cmake_cache.hpp"
#include "analyzer/select/volatile_stamps.hpp"
#include "daemon/client/project_settings.hpp"
#include "daemon/client/uncommitted_files.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

/// A state goes with every run: beyond these, none is told.
constexpr std::size_t most_uncommitted = 2'000;
constexpr std::size_t most_beside_git = 20'000;

/// Whether something is there of which there is no content: a submodule, an unreadable file.
bool is_opaque(const FileVersion& file, const Roots& roots)
{
  std::error_code ignored;
  return !file.hash.known() && fs::exists(fs::symlink_status(roots.absolute(file.path), ignored));
}

std::vector<FileVersion> contents_beside_git(const BuildContext& context)
{
  const SourceState& sources = context.work_tree.sources;
  const std::vector<std::string> paths = context.leaves.read_beside_git(sources);
  std::vector<FileVersion> files = change::contents_at(context.tree.roots, paths);
  const auto ours = static_cast<std::ptrdiff_t>(files.size());
  files.insert(files.end(), context.outside.begin(), context.outside.end());
  std::inplace_merge(
      files.begin(), files.begin() + ours, files.end(),
      [](const FileVersion& one, const FileVersion& other) { return one.path < other.path; });
  return files;
}

} // namespace

Result<std::string> settings_name(const ingest::BuildTree& tree, const VolatileStamps& meaningless)
{
  const Result<ingest::CMakeCache> cache = ingest::read_cmake_cache(tree.roots.build);
  if (cache.has_error()) {
    return cache.error();
  }
  std::string facts = tree.compiler + '\n' + tree.test_configuration + '\n';
  for (const auto& [name, entry] : *cache) {
    if (ingest::is_setting(entry) && !select::is_volatile_definition(meaningless, name)) {
      facts += name + '=' + without_roots(entry.value, tree.roots) + '\n';
    }
  }
  return hash_content(facts).hex();
}

Result<std::optional<TestedState>> state_to_test(const BuildContext& context)
{
  const std::optional<TestedState> none;
  const SourceState& sources = context.work_tree.sources;
  if (sources.commit.empty() || !context.stale_because.empty()) {
    return none;
  }
  Result<std::vector<FileVersion>> uncommitted = uncommitted_files(context);
  if (uncommitted.has_error()) {
    return uncommitted.error();
  }
  const Result<Settings> project = read_settings(context.tree.roots);
  if (project.has_error()) {
    return project.error();
  }
  Result<std::string> name = settings_name(context.tree, project->volatile_stamps);
  if (name.has_error()) {
    return name.error();
  }
  TestedState state{sources.commit, std::move(*name), std::move(*uncommitted),
                    contents_beside_git(context)};
  const bool can_be_told = state.uncommitted.size() <= most_uncommitted &&
                           state.beside_git.size() <= most_beside_git &&
                           std::ranges::none_of(state.uncommitted, [&](const FileVersion& file) {
                             return is_opaque(file, context.tree.roots);
                           });
  return can_be_told ? std::optional(std::move(state)) : none;
}

} // namespace winnow::client
