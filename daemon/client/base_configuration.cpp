// Finds the settings by comparing caches.
#include "daemon/client/base_configuration.hpp"

#include "analyzer/ingest/cmake_cache.hpp"
#include "daemon/client/program.hpp"
#include "daemon/client/reused_content.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::client {
namespace {

using Settings = std::map<std::string, ingest::CacheEntry>;

/// Entries that a project hardly ever declares, and that decide how everything is detected.
bool is_always_given(std::string_view name)
{
  static constexpr std::string_view names[] = {"CMAKE_BUILD_TYPE", "CMAKE_TOOLCHAIN_FILE",
                                               "CMAKE_MAKE_PROGRAM", "CMAKE_INSTALL_PREFIX",
                                               "CMAKE_PREFIX_PATH"};
  return std::ranges::find(names, name) != std::end(names) ||
         (name.starts_with("CMAKE_") && name.ends_with("_COMPILER"));
}

/// A file of the sources is base's in base's configuration.
std::string moved(std::string value, const Roots& scratch)
{
  std::string result;
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find(';', begin), value.size());
    std::string part = value.substr(begin, end - begin);
    if (is_within(part, scratch.source_alias) && !is_within(part, scratch.build_alias)) {
      std::string there = scratch.source + part.substr(scratch.source_alias.size());
      std::error_code ignored;
      if (std::filesystem::exists(there, ignored)) {
        part = std::move(there);
      }
    }
    result += (begin == 0 ? "" : ";") + part;
    begin = end + 1;
  }
  return result;
}

class Configuration {
 public:
  Configuration(const ingest::BuildTree& original, const ScratchTree& scratch)
      : original_(original), scratch_(scratch)
  {}

  Result<ingest::BuildTree> run(const SourceState& base)
  {
    const Result<ingest::CMakeCache> cache = ingest::read_cmake_cache(original_.roots.build);
    if (cache.has_error()) {
      return cache.error();
    }
    given_ = reused_content(original_.roots, base.commit);
    for (const auto& [name, entry] : *cache) {
      if (ingest::is_setting(entry) && (ingest::was_given(entry) || is_always_given(name))) {
        given_.insert_or_assign(name, entry);
      }
    }
    // A setting may make code declare further ones.
    for (int round = 0; round < 3; ++round) {
      const Result<ingest::CMakeCache> made = configure(scratch_.roots().source);
      if (made.has_error()) {
        return made.error();
      }
      const Settings more = different(*cache, *made);
      if (more.empty()) {
        return tree();
      }
      const Result<bool> found = add_given(more);
      if (found.has_error()) {
        return found.error();
      }
      if (!*found) {
        break;
      }
    }
    const Result<ingest::CMakeCache> made = configure(scratch_.roots().source);
    return made.has_error() ? Result<ingest::BuildTree>(made.error()) : tree();
  }

 private:
  /// Makes the scratch build tree anew from `source`.
  Result<ingest::CMakeCache> configure(const std::string& source)
  {
    scratch_.clear_build();
    std::vector<std::string> command{
        original_.cmake_command, "-G", original_.generator, "-S", source, "-B",
        scratch_.roots().build};
    for (const auto& [name, entry] : given_) {
      const bool typed = entry.type != "UNINITIALIZED";
      command.push_back(fmt::format("-D{}{}={}", name, typed ? ":" + entry.type : "",
                                    moved(entry.value, scratch_.roots())));
    }
    const Result<int> status = run_program_into(scratch_.log(), command);
    if (status.has_error()) {
      return status.error();
    }
    if (*status != 0) {
      return environment_error(fmt::format("cmake failed (exit code {}); what it said is in {}",
                                           *status, scratch_.log()));
    }
    return ingest::read_cmake_cache(scratch_.roots().build);
  }

  [[nodiscard]] Result<ingest::BuildTree> tree() const
  {
    Result<ingest::BuildTree> tree = ingest::open_build_tree(scratch_.roots().build);
    if (tree) {
      tree->roots.source_alias = original_.roots.source;
      tree->roots.build_alias = original_.roots.build;
      tree->test_configuration = original_.test_configuration;
    }
    return tree;
  }

  [[nodiscard]] std::string relocatable(const std::string& value) const
  {
    return without_roots(value, scratch_.roots());
  }

  /// What both caches have, with another value in the user's than in `made`.
  [[nodiscard]] Settings different(const ingest::CMakeCache& users,
                                   const ingest::CMakeCache& made) const
  {
    Settings settings;
    for (const auto& [name, entry] : users) {
      const auto other = made.find(name);
      if (ingest::is_setting(entry) && !given_.contains(name) && other != made.end() &&
          relocatable(entry.value) != relocatable(other->second.value)) {
        settings.emplace(name, entry);
      }
    }
    return settings;
  }

  /// Adds those that the work tree would not have by itself, either; whether there are any.
  Result<bool> add_given(const Settings& settings)
  {
    const Result<ingest::CMakeCache> by_itself = configure(original_.roots.source);
    if (by_itself.has_error()) {
      return by_itself.error();
    }
    bool found = false;
    for (const auto& [name, entry] : settings) {
      if (relocatable(ingest::value_of(*by_itself, name)) != relocatable(entry.value)) {
        given_.emplace(name, entry);
        found = true;
      }
    }
    return found;
  }

  const ingest::BuildTree& original_;
  const ScratchTree& scratch_;
  Settings given_;
};

} // namespace

Result<ingest::BuildTree> configure_base(const ingest::BuildTree& original,
                                         const ScratchTree& scratch, const SourceState& base)
{
  return Configuration(original, scratch).run(base);
}

} // namespace winnow::client
