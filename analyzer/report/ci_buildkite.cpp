// A plan as steps of Buildkite.
//
// The agent replaces variables when it uploads steps; two dollars keep one for the job.
#include "analyzer/model/own_documents.hpp"
#include "analyzer/report/ci_matrix.hpp"

#include <fmt/format.h>

namespace winnow::report {
namespace {

std::string kept_dollars(const std::string& command)
{
  std::string kept;
  for (const char c : command) {
    kept += c == '$' ? std::string("$$") : std::string(1, c);
  }
  return kept;
}

std::string step_text(const CiJob& job, const std::string& command)
{
  std::string text =
      fmt::format("  - label: {}\n    key: {}\n    command: {}\n    env:\n", quoted(job.name),
                  quoted(fmt::format("winnow-{}", job.chunk)), quoted(command));
  return text + variables_in_yaml(job, 6);
}

} // namespace

std::string buildkite_steps(const CiMatrix& matrix)
{
  std::string text = fmt::format("{}{}.\nsteps:\n", pipeline_beginning, matrix.plan_id);
  if (matrix.jobs.empty()) {
    return text + "  - label: \"no test is affected\"\n    command: \"true\"\n";
  }
  for (const CiJob& job : matrix.jobs) {
    text += step_text(job, kept_dollars(matrix.command));
  }
  return text;
}

} // namespace winnow::report
