// winnow history: what past runs measured of each test, and how one machine hands it to another.
#include "analyzer/ingest/text_file.hpp"
#include "analyzer/report/history_export.hpp"
#include "analyzer/report/history_report.hpp"
#include "daemon/client/build_options.hpp"
#include "daemon/client/known_history.hpp"
#include "daemon/client/terminal_text.hpp"
#include "daemon/client/user_daemon.hpp"
#include "daemon/client/verb.hpp"
#include "daemon/client/whole_file.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace winnow::client {
namespace {

struct Options {
  BuildOptions build;
  std::vector<std::string> tests;
  std::string format = "text";
  std::string file;
  DaemonChoice daemon = DaemonChoice::shared;
};

Result<ingest::BuildTree> meant_tree(const Options& options)
{
  const Result<std::string> build = build_directory(options.build);
  return build ? ingest::open_build_tree(*build) : Result<ingest::BuildTree>(build.error());
}

Result<ProjectHistory> history_of(const Options& options)
{
  const Result<ingest::BuildTree> tree = meant_tree(options);
  return tree ? known_attempts(*tree, options.daemon) : Result<ProjectHistory>(tree.error());
}

/// Leaves the tests that are named; false if one of the names is nobody's, which is said.
bool keep_named(const std::vector<std::string>& names, ProjectHistory& history)
{
  const auto is_of = [](const TestKey& key, const std::string& name) {
    return key.name == name || key.display() == name;
  };
  for (const std::string& name : names) {
    if (std::ranges::none_of(history.tests,
                             [&](const auto& test) { return is_of(test.first, name); })) {
      fmt::print(stderr,
                 "winnow: no test called {} has a history here; `winnow history` lists all\n",
                 escape_controls(name));
      return false;
    }
  }
  std::erase_if(history.tests, [&](const auto& test) {
    return !names.empty() && std::ranges::none_of(names, [&](const std::string& name) {
      return is_of(test.first, name);
    });
  });
  return true;
}

Result<ExitCode> show(const Options& options)
{
  Result<ProjectHistory> history = history_of(options);
  if (!history) {
    return history.error();
  }
  if (!keep_named(options.tests, *history)) {
    return ExitCode::no_test_matched;
  }
  if (options.format == "json") {
    fmt::print("{}\n", report::project_history_to_json(*history));
  } else {
    fmt::print("{}", escape_controls(report::project_history_to_text(*history)));
  }
  return ExitCode::passed;
}

Result<ExitCode> export_history(const Options& options)
{
  const Result<ProjectHistory> history = history_of(options);
  if (!history) {
    return history.error();
  }
  const std::string text = report::history_export_to_json(*history) + "\n";
  if (options.file.empty()) {
    fmt::print("{}", text);
    return ExitCode::passed;
  }
  if (const std::string fault = write_whole_file(options.file, text); !fault.empty()) {
    return environment_error(fmt::format("cannot write {}: {}", options.file, fault));
  }
  return ExitCode::passed;
}

std::string described(const std::string& project, const std::string& configuration)
{
  return fmt::format("{} ({})", project, configuration.empty() ? "no build type" : configuration);
}

/// Only what is of this tree's project and configuration: times of others say nothing of its tests.
Result<void> check_origin(const ProjectHistory& history, const ingest::BuildTree& tree,
                          const std::string& file)
{
  if (history.project != tree.project) {
    return user_error(fmt::format(
        "{} is the history of the project {}, and {} is a build tree of {}; name one of {} with -B",
        file, history.project, tree.roots.build, tree.project, history.project));
  }
  if (history.configuration != tree.measured_as) {
    return user_error(fmt::format("{} is the history of {}, and {} is a build tree of {}; what "
                                  "tests take differs between them: name one that is built alike "
                                  "with -B",
                                  file, described(history.project, history.configuration),
                                  tree.roots.build, described(tree.project, tree.measured_as)));
  }
  return {};
}

/// The text of a file that may be taken in.
Result<std::string> history_to_import(const Options& options)
{
  const Result<ingest::BuildTree> tree = meant_tree(options);
  if (!tree) {
    return tree.error();
  }
  Result<std::string> text = ingest::read_text_file(options.file);
  if (!text) {
    return text.error();
  }
  const Result<ProjectHistory> history = report::history_export_from_json(*text);
  if (!history) {
    return data_error(fmt::format("{}: {}; `winnow history export` writes such a file",
                                  options.file, history.error().message));
  }
  if (const Result<void> checked = check_origin(*history, *tree, options.file); !checked) {
    return checked.error();
  }
  return text;
}

Result<HistoryMerge> hand_over(std::string text, DaemonChoice daemon)
{
  const auto access = chosen_daemon(daemon);
  if (!access) {
    return access.error();
  }
  Result<DaemonConnection> connection = DaemonConnection::open(**access);
  if (!connection) {
    return connection.error();
  }
  const Result<Reply> reply = connection->request("POST", "/v1/history/attempts", std::move(text));
  if (!reply || !reply->is_good()) {
    return reply ? error_of(*reply) : reply.error();
  }
  return report::history_merge_from_json(reply->body);
}

Result<ExitCode> import_history(const Options& options)
{
  Result<std::string> text = history_to_import(options);
  if (!text) {
    return text.error();
  }
  const Result<HistoryMerge> merge = hand_over(std::move(*text), options.daemon);
  if (!merge) {
    return merge.error();
  }
  if (options.build.verbosity >= 0) {
    fmt::print("{} new attempts at {} tests\n", merge->attempts, merge->tests);
  }
  if (merge->of_future > 0) {
    fmt::print(stderr,
               "winnow: {} attempts are left out: by this machine's clock they have not "
               "been yet\n",
               merge->of_future);
  }
  return ExitCode::passed;
}

} // namespace

void add_history(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  const auto action = [options, &invocation](Result<ExitCode> (*carry_out)(const Options&)) {
    return [options, &invocation, carry_out] {
      invocation.action = [options, carry_out] { return carry_out(*options); };
    };
  };
  const auto add_common = [&](CLI::App& verb) {
    add_build_options(verb, options->build);
    verb.add_flag_callback(
        "--no-daemon", [options] { options->daemon = DaemonChoice::embedded; },
        "Do everything inside this process");
  };
  CLI::App* verb = app.add_subcommand(
      "history",
      "What runs have measured of each test of this project and configuration: median and 95th "
      "percentile of its time, cpu time per time, 95th percentile of its memory, and what it ended "
      "with. The newest 20 passing attempts count, each a tenth less with every later one; of a "
      "test that "
      "has never passed, how long the newest attempt took");
  add_common(*verb);
  verb->add_option("TEST", options->tests, "Only these: names, or directory/name");
  verb->add_option("--format", options->format, "How they are shown")
      ->check(CLI::IsMember({"text", "json"}));
  CLI::App* out = verb->add_subcommand("export", "Writes it down for another machine");
  add_common(*out);
  out->add_option("-o,--output", options->file, "Where (default: standard output)")
      ->type_name("FILE");
  out->callback(action(export_history));
  CLI::App* in = verb->add_subcommand(
      "import", "Takes in what another machine has written down. Nothing counts twice, and newer "
                "measurements stay");
  add_common(*in);
  in->add_option("FILE", options->file, "What `winnow history export` has written")->required();
  in->callback(action(import_history));
  verb->callback([verb, show_all = action(show)] {
    if (verb->get_subcommands().empty()) {
      show_all();
    }
  });
}

} // namespace winnow::client
