// winnow doctor: what is missing for good selections and runs here, and how to get it.
#include "analyzer/report/diagnosis_report.hpp"
#include "daemon/client/examination.hpp"
#include "daemon/client/output_options.hpp"
#include "daemon/client/verb.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>

namespace winnow::client {
namespace {

struct Options {
  BuildOptions build;
  OutputOptions output;
};

void examine_tree(const BuildContext& context, Diagnosis& diagnosis)
{
  diagnosis.build_dir = context.tree.roots.build;
  examine_build(context, diagnosis);
  examine_export(context, diagnosis);
  diagnosis.checked.emplace_back("settings");
  const Result<ProjectSettings> project = project_settings(context);
  if (project.has_error()) {
    diagnosis.findings.push_back(
        {"settings",
         Severity::problem,
         "winnow.json cannot be used",
         project.error().message,
         "correct it; the schema is share/winnow/winnow.schema.json of the installed Winnow",
         {}});
  } else {
    examine_settings(context, *project, diagnosis);
    examine_resources(context, project->settings, diagnosis);
  }
  examine_tests(context, project.has_error() ? ProjectSettings() : *project, diagnosis);
  examine_repository(context, diagnosis);
}

Result<ExitCode> carry_out(Options options)
{
  options.build.configure = Configure::never;
  Diagnosis diagnosis;
  diagnosis.checked.emplace_back("build_tree");
  const Result<BuildContext> context = open_context(options.build);
  if (context.has_error()) {
    diagnosis.findings.push_back(
        finding_of("build_tree", "no build tree can be looked at", context.error()));
  } else {
    examine_tree(*context, diagnosis);
  }
  examine_machine(diagnosis);
  std::cout << (options.output.format == "json"
                    ? report::diagnosis_to_json(diagnosis) + '\n'
                    : report::diagnosis_to_text(diagnosis, color(options.output)));
  const bool sound = std::ranges::find(diagnosis.findings, Severity::problem, &Finding::severity) ==
                     diagnosis.findings.end();
  return sound ? ExitCode::passed : ExitCode::incomplete;
}

} // namespace

Finding finding_of(std::string name, std::string what, const Error& error)
{
  const std::size_t semicolon = error.message.find("; ");
  const bool says_what_to_do = semicolon != std::string::npos;
  return {std::move(name),
          Severity::problem,
          std::move(what),
          error.message.substr(0, semicolon),
          says_what_to_do ? error.message.substr(semicolon + 2)
                          : "remove the cause, then ask again",
          {}};
}

void add_doctor(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand(
      "doctor", "What is missing for good selections and runs here, and how to get it");
  add_build_options(*verb, options->build);
  add_output_options(*verb, options->output, {"text", "json"});
  verb->callback(
      [options, &invocation] { invocation.action = [options] { return carry_out(*options); }; });
}

} // namespace winnow::client
