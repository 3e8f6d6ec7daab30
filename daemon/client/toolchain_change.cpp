// Compares the commands of a toolchain file with those that base has.
#include "daemon/client/toolchain_change.hpp"

#include "analyzer/change/git_command.hpp"
#include "analyzer/ingest/cmake_script.hpp"
#include "analyzer/ingest/text_file.hpp"
#include "analyzer/ingest/toolchain_scripts.hpp"
#include "analyzer/model/wildcard.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace winnow::client {
namespace {

bool is_same(const ingest::CMakeCommand& one, const ingest::CMakeCommand& other)
{
  return one.name == other.name &&
         std::ranges::equal(one.arguments, other.arguments,
                            [](const ingest::CMakeArgument& a, const ingest::CMakeArgument& b) {
                              return a.text == b.text && a.form == b.form &&
                                     a.references == b.references;
                            });
}

bool has_same_commands(const std::string& one, const std::string& other)
{
  const auto first = ingest::parse_cmake_script(one, "");
  const auto second = ingest::parse_cmake_script(other, "");
  return first && second && std::ranges::equal(*first, *second, is_same);
}

/// Whether the file has the commands that it has at the commit; not where one of both is not known.
bool is_same_code(const BuildContext& context, const std::string& commit, const std::string& path)
{
  if (context.work_tree.repository.has_error()) {
    return false;
  }
  const change::Repository& repository = *context.work_tree.repository;
  const Result<std::string> then =
      change::git_output(repository.top, {"show", commit + ":" + repository.prefix + path});
  const Result<std::string> now = ingest::read_text_file(context.tree.roots.absolute(path));
  return then && now && has_same_commands(*then, *now);
}

} // namespace

bool changes_toolchain(const BuildContext& context, const Change& change, const BaseState& base)
{
  const std::vector<std::string> scripts = ingest::toolchain_scripts(context.tree);
  const auto is_script = [&](const std::string& path) {
    return std::ranges::any_of(scripts,
                               [&](const std::string& script) { return matches(script, path); });
  };
  return std::ranges::any_of(change.files, [&](const ChangedFile& file) {
    const bool comparable = file.status == ChangeStatus::modified && base.uncommitted.empty() &&
                            origin_of(file.path) == Origin::source;
    return (is_script(file.path) || is_script(file.old_path)) &&
           !(comparable && is_same_code(context, change.base, file.path));
  });
}

} // namespace winnow::client
