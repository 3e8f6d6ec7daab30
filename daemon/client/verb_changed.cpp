// winnow changed: whether a file that matches is part of the change.
//
// Only git is asked, so that a step before configuring can ask; with --since-last-green the CI
// system that --ci names, else past runs, which are known by a build tree.
#include "analyzer/change/git.hpp"
#include "analyzer/change/repository.hpp"
#include "analyzer/model/path_regex.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/report/ci_variable.hpp"
#include "analyzer/report/path_text.hpp"
#include "daemon/client/build_context.hpp"
#include "daemon/client/change_options.hpp"
#include "daemon/client/ci_variables.hpp"
#include "daemon/client/green_commit.hpp"
#include "daemon/client/selection_query.hpp"
#include "daemon/client/verb.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

struct Options {
  BuildOptions build;
  ChangeOptions change;
  std::string source_dir;
  std::string expression;
  std::string output_variable;
};

/// What is asked about; unset where it cannot be told, with the reason said.
struct Asked {
  std::optional<Change> change;
  std::string source;
};

/// Nothing lies below it: without a build tree no file is one of it.
constexpr const char* no_directory = "/dev/null";

std::string absolute(const std::string& path)
{
  std::error_code failure;
  const fs::path found = fs::canonical(path, failure);
  return failure ? "" : found.string();
}

/// The source root is the one given, else the top of the work tree around the current directory.
Result<Roots> roots_for(const Options& options)
{
  Roots roots;
  roots.source = absolute(options.source_dir.empty() ? "." : options.source_dir);
  if (roots.source.empty() || !fs::is_directory(roots.source)) {
    return user_error(fmt::format("there is no directory {}", options.source_dir));
  }
  if (options.source_dir.empty()) {
    const Result<change::Repository> repository = change::find_repository(roots.source);
    roots.source = repository ? repository->top : roots.source;
  }
  const Result<std::string> build = build_directory(options.build);
  if (!build && !options.build.preset.empty()) {
    return build.error();
  }
  roots.build = build ? absolute(*build) : "";
  if (roots.build.empty() && !options.build.build_dir.empty()) {
    return user_error(fmt::format("there is no directory {}", options.build.build_dir));
  }
  roots.build = roots.build.empty() ? no_directory : roots.build;
  return roots;
}

Result<Asked> change_from_git(const Options& options)
{
  const Result<Roots> roots = roots_for(options);
  if (!roots) {
    return roots.error();
  }
  ChangeOptions asked = options.change;
  if (asked.since_last_green) {
    const Result<std::string> green = green_commit(asked, roots->source);
    if (!green) {
      return green.error();
    }
    if (green->empty()) {
      return Asked{std::nullopt, roots->source};
    }
    asked = {};
    asked.from = *green;
  }
  const Result<change::WorkTree> work_tree = change::look_at_work_tree(*roots);
  if (!work_tree) {
    return work_tree.error();
  }
  Result<Change> change = change_asked_for(asked, *work_tree, *roots);
  return change ? Result<Asked>(Asked{std::move(*change), roots->source})
                : Result<Asked>(change.error());
}

Result<Asked> change_since_green(const Options& options)
{
  const Result<BuildContext> context = open_context(options.build);
  if (!context) {
    return context.error();
  }
  Result<Selection> selection = select_for(*context, options.change);
  if (!selection) {
    return selection.error();
  }
  Asked asked{std::nullopt, context->tree.roots.source};
  if (selection->since_last_green && !selection->since_last_green->groups.empty()) {
    asked.change = std::move(selection->change);
  }
  return asked;
}

/// Relative to the source root, also of what lies outside of it.
std::string shown_path(const std::string& path, const std::string& source)
{
  return path.starts_with('/') ? fs::path(path).lexically_relative(source).string() : path;
}

/// The first path of the change that matches.
std::optional<std::string> first_match(const Change& change, const std::string& source,
                                       const PathRegex& expression)
{
  std::vector<std::string> paths(change.submodules);
  for (const ChangedFile& file : change.files) {
    paths.push_back(file.path);
    if (!file.old_path.empty()) {
      paths.push_back(file.old_path);
    }
  }
  for (const std::string& path : paths) {
    if (std::string shown = shown_path(path, source); expression.matches(shown)) {
      return shown;
    }
  }
  return std::nullopt;
}

Result<void> check_ci(const Options& options)
{
  const bool sets = !options.output_variable.empty();
  if (sets && options.change.ci.empty()) {
    return user_error("--output-variable needs --ci: how a variable is set depends on the system");
  }
  if (!options.change.ci_pipeline.empty() && !options.change.since_last_green) {
    return user_error("--ci-pipeline needs --since-last-green: it says whose builds are asked for");
  }
  if (!sets && !options.change.ci.empty() && !options.change.since_last_green) {
    return user_error(
        "--ci needs --since-last-green, to ask it for a base, or --output-variable, to "
        "set one");
  }
  return sets ? report::check_variable_name(options.output_variable) : Result<void>();
}

Result<void> set_variable(const Options& options, const std::string& value)
{
  if (options.output_variable.empty()) {
    return {};
  }
  const std::string& ci = options.change.ci;
  if (ci == "azure") {
    fmt::print("{}", report::azure_variable(options.output_variable, value, report::Reach::steps));
  }
  if (ci == "github") {
    return set_github_output(options.output_variable, value);
  }
  if (ci == "gitlab") {
    return set_gitlab_variable(options.output_variable, value);
  }
  return {};
}

Result<ExitCode> carry_out(const Options& options)
{
  if (const Result<void> checked = check_ci(options); !checked) {
    return checked.error();
  }
  const Result<PathRegex> expression = PathRegex::from(options.expression);
  if (!expression) {
    return Error{expression.error().kind, "--match " + expression.error().message};
  }
  const Result<Asked> asked =
      options.change.asks_history() ? change_since_green(options) : change_from_git(options);
  if (!asked) {
    return asked.error();
  }
  std::optional<std::string> match;
  if (asked->change) {
    match = first_match(*asked->change, asked->source, *expression);
  }
  if (match && options.build.verbosity > 0) {
    fmt::print(stderr, "winnow: {} matches\n", report::path_text(*match));
  }
  // What changed since a state that nobody knows may be anything.
  const std::string value = match || !asked->change ? "true" : "false";
  if (const Result<void> set = set_variable(options, value); !set) {
    return set.error();
  }
  fmt::print("{}\n", value);
  return ExitCode::passed;
}

} // namespace

void add_changed(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("changed", "Did a file that matches change? true or false");
  add_build_options(*verb, options->build);
  add_change_options(*verb, options->change);
  verb->add_option("--match", options->expression,
                   "A regular expression (RE2) over paths relative to the source root")
      ->type_name("REGEX")
      ->required();
  verb->add_option("-S,--source-dir", options->source_dir,
                   "The source root (default: the top of the git work tree)")
      ->type_name("DIR");
  verb->add_option("--output-variable", options->output_variable,
                   "Set this variable of --ci for what comes after: azure by a line, github in "
                   "$GITHUB_OUTPUT, gitlab in winnow.env, a dotenv report")
      ->type_name("NAME");
  verb->callback(
      [options, &invocation] { invocation.action = [options] { return carry_out(*options); }; });
}

} // namespace winnow::client
