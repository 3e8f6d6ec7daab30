// Chooses the writer, and checks what it is told.
#include "daemon/client/split_document.hpp"

#include "analyzer/report/ci_matrix.hpp"
#include "analyzer/report/ci_variable.hpp"
#include "analyzer/report/plan_json.hpp"
#include "analyzer/report/plan_text.hpp"
#include "daemon/client/ci_variables.hpp"
#include "daemon/client/named_file.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

namespace winnow::client {
namespace {

using report::CiMatrix;
using report::CiSystem;

/// An option, whether it was given, and the formats it means something to.
struct TiedOption {
  std::string_view name;
  bool given;
  std::initializer_list<std::string_view> formats;
};

Result<void> check_options(const CiOptions& options, const std::string& format)
{
  for (const TiedOption& option : std::initializer_list<TiedOption>{
           {"--command", !options.command.empty(), {"gitlab", "buildkite"}},
           {"--include", !options.include.empty(), {"gitlab"}},
           {"--matrix", !options.matrix.empty(), {"azure"}},
           {"--output-variable", !options.output_variable.empty(), {"azure", "github"}}}) {
    if (option.given && std::ranges::find(option.formats, format) == option.formats.end()) {
      std::string formats;
      for (const std::string_view other : option.formats) {
        formats += fmt::format("{}--format {}", formats.empty() ? "" : " or ", other);
      }
      return user_error(fmt::format("{} is for {}", option.name, formats));
    }
  }
  if (!options.command.empty() && !options.include.empty()) {
    return user_error(
        "--command and --include exclude each other: what is included says what runs");
  }
  return options.output_variable.empty() ? Result<void>()
                                         : report::check_variable_name(options.output_variable);
}

/// For a shell.
std::string shell_word(const std::string& text)
{
  const auto plain = [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("._-/+:@%").find(static_cast<char>(c)) != std::string_view::npos;
  };
  if (!text.empty() && std::ranges::all_of(text, plain)) {
    return text;
  }
  std::string word = "'";
  for (const char c : text) {
    word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return word + "'";
}

std::string command_of(const SplitForm& form)
{
  return form.ci.command.empty()
             ? fmt::format("winnow run --plan {} --chunk $WINNOW_CHUNK --build --results "
                           "results-$WINNOW_CHUNK.json",
                           shell_word(form.plan_file))
             : form.ci.command;
}

Result<std::string> azure_document(const CiMatrix& matrix, const CiOptions& options)
{
  if (options.matrix.empty()) {
    return report::azure_matrix(matrix, {});
  }
  const Result<std::string> text = content_of(options.matrix, "matrix");
  if (!text) {
    return text.error();
  }
  const Result<std::vector<report::AzureRow>> rows = report::azure_rows(*text, options.matrix);
  return rows ? report::azure_matrix(matrix, *rows) : Result<std::string>(rows.error());
}

Result<std::string> document_for(CiSystem system, const CiMatrix& matrix, const CiOptions& options)
{
  if (system == CiSystem::azure) {
    return azure_document(matrix, options); // which counts the jobs of all rows
  }
  if (const Result<void> fits = report::check_job_count(system, matrix.jobs.size()); !fits) {
    return fits.error();
  }
  switch (system) {
  case CiSystem::github:
    return report::github_matrix(matrix);
  case CiSystem::gitlab:
    return report::gitlab_pipeline(matrix);
  case CiSystem::buildkite:
    return report::buildkite_steps(matrix);
  case CiSystem::circleci:
  case CiSystem::azure:
    break;
  }
  return report::circleci_parameters(matrix);
}

Result<std::string> ci_document(CiSystem system, const Plan& plan, const SplitForm& form)
{
  CiMatrix matrix = report::ci_matrix_of(plan);
  matrix.command = command_of(form);
  matrix.include = form.ci.include;
  Result<std::string> document = document_for(system, matrix, form.ci);
  if (!document || form.ci.output_variable.empty()) {
    return document;
  }
  const std::string value = document->substr(0, document->find('\n'));
  if (system == CiSystem::azure) {
    return report::azure_variable(form.ci.output_variable, value, report::Reach::jobs);
  }
  const Result<void> set = set_github_output(form.ci.output_variable, value);
  return set ? document : Result<std::string>(set.error());
}

} // namespace

void add_ci_options(CLI::App& verb, CiOptions& options)
{
  verb.add_option("--command", options.command,
                  "What each job runs, for gitlab and buildkite; WINNOW_CHUNK is its chunk")
      ->type_name("COMMAND");
  verb.add_option("--include", options.include,
                  "For gitlab: a file of the repository whose job .winnow-chunk the jobs extend")
      ->type_name("FILE");
  verb.add_option(
          "--matrix", options.matrix,
          "For azure: a matrix of images or configurations, in each of which each chunk runs")
      ->type_name("FILE");
  verb.add_option("--output-variable", options.output_variable,
                  "For azure and github: set this output variable of the step to the matrix")
      ->type_name("NAME");
}

Result<std::string> split_document(const PlannedSelection& planned, const Graph* graph,
                                   const SplitForm& form)
{
  const std::string& format = form.output.format;
  if (const Result<void> checked = check_options(form.ci, format); !checked) {
    return checked.error();
  }
  if (const std::optional<CiSystem> system = report::ci_system_called(format)) {
    return ci_document(*system, planned.plan, form);
  }
  if (format == "names") {
    return report::plan_to_names(planned.plan, separator(form.output));
  }
  if (format == "text") {
    return report::plan_to_text(planned.plan, color(form.output));
  }
  if (graph == nullptr) {
    return user_error("--plan names a file that is the plan as JSON already");
  }
  return (planned.selection ? report::plan_to_json(planned.plan, *graph, *planned.selection)
                            : report::plan_to_json(planned.plan)) +
         '\n';
}

} // namespace winnow::client
