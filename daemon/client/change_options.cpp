// --since, --from, --files and the like, and the change they mean.
#include "daemon/client/change_options.hpp"

#include "analyzer/change/git.hpp"
#include "daemon/client/green_commit.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace winnow::client {
namespace {

/// One name a line, or NUL-separated when there is a NUL.
std::vector<std::string> split_names(const std::string& text)
{
  const char separator = text.find('\0') == std::string::npos ? '\n' : '\0';
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    if (end > begin) {
      names.push_back(text.substr(begin, end - begin));
    }
    begin = end + 1;
  }
  return names;
}

Result<std::vector<std::string>> named_files(const ChangeOptions& options)
{
  if (options.files_from.empty()) {
    return options.files;
  }
  if (options.files_from == "-") {
    return split_names({std::istreambuf_iterator<char>(std::cin), {}});
  }
  std::ifstream stream(options.files_from, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream) {
    return user_error(fmt::format("cannot read the file list {}", options.files_from));
  }
  return split_names(text);
}

} // namespace

void add_change_options(CLI::App& verb, ChangeOptions& options)
{
  auto* since = verb.add_option("--since", options.since,
                                "All that differs from the merge base of REF and HEAD")
                    ->type_name("REF");
  auto* from = verb.add_option("--from", options.from, "All that differs from exactly this commit")
                   ->type_name("COMMIT");
  auto* files = verb.add_option("--files", options.files, "Just these files")->type_name("FILE");
  auto* list = verb.add_option("--files-from", options.files_from,
                               "Just the files named in FILE, or on standard input for -")
                   ->type_name("FILE");
  auto* green = verb.add_option("--since-last-green", options.since_last_green,
                                "For each test, all that differs from the state at which it last "
                                "passed, on HEAD's history or that of BRANCH")
                    ->type_name("[BRANCH]")
                    ->expected(0, 1);
  verb.add_option("--ci", options.ci,
                  "With --since-last-green: the newest state that built successfully there (azure, "
                  "github or gitlab), on BRANCH or, for a pull request, its target")
      ->type_name("SYSTEM")
      ->check(CLI::IsMember({"azure", "github", "gitlab"}));
  verb.add_option("--ci-pipeline", options.ci_pipeline,
                  "Whose builds: a workflow's file, a definition's number (default: this job's)")
      ->type_name("PIPELINE")
      ->needs(verb.get_option("--ci"));
  CLI::Option* const all[] = {since, from, files, list, green};
  for (auto one = std::begin(all); one != std::end(all); ++one) {
    std::for_each(std::next(one), std::end(all),
                  [&](CLI::Option* other) { (*one)->excludes(other); });
  }
}

void add_selection_options(CLI::App& verb, ChangeOptions& options)
{
  add_change_options(verb, options);
  verb.get_option("--ci")->needs(verb.get_option("--since-last-green"));
  CLI::Option* depends_on =
      verb.add_option_function<std::vector<std::string>>(
              "--depends-on",
              [&options](std::vector<std::string> targets) {
                if (targets == std::vector<std::string>{""}) {
                  targets.clear(); // what the parser has for none
                }
                options.depends_on = std::move(targets);
              },
              "The tests that depend on one of these targets, or on one that "
              "winnow_split_dependents() names; with a change, those of them that it can affect")
          ->type_name("[TARGET]")
          ->expected(0, -1);
  verb.add_flag("--exclude-own", options.exclude_own, "Without the tests of the targets themselves")
      ->needs(depends_on);
}

std::span<const char* const> selection_option_names()
{
  static constexpr const char* names[] = {
      "--since",      "--from",        "--files", "--files-from", "--since-last-green",
      "--depends-on", "--exclude-own",
  };
  return names;
}

Result<Change> change_asked_for(const ChangeOptions& options, const change::WorkTree& work_tree,
                                const Roots& roots)
{
  if (!options.files.empty() || !options.files_from.empty()) {
    Result<std::vector<std::string>> files = named_files(options);
    if (files.has_error()) {
      return files.error();
    }
    return change::change_of_files(roots, std::filesystem::current_path().string(), *files);
  }
  if (!options.since.empty()) {
    return change::change_since(work_tree, roots, {change::Base::Kind::merge_base, options.since});
  }
  if (!options.from.empty()) {
    return change::change_since(work_tree, roots, {change::Base::Kind::exactly, options.from});
  }
  if (options.since_last_green && !options.ci.empty()) {
    const Result<std::string> commit = green_commit(options, roots.source);
    if (commit.has_error()) {
      return commit.error();
    }
    if (commit->empty()) {
      return environment_error(fmt::format("{} knows no successful build of HEAD's history; name a "
                                           "base with --since, or run --all",
                                           options.ci));
    }
    return change::change_since(work_tree, roots, {change::Base::Kind::exactly, *commit});
  }
  return change::change_since(work_tree, roots, {change::Base::Kind::default_branch, {}});
}

} // namespace winnow::client
