// A plan as a child pipeline of GitLab.
//
// GitLab refuses a pipeline without jobs, so that one for no tests has a job that says so. With an
// included file its job `.winnow-chunk` says image, artifacts and script, and a job here only which
// chunk it is.
#include "analyzer/model/own_documents.hpp"
#include "analyzer/report/ci_matrix.hpp"

#include <fmt/format.h>

namespace winnow::report {
namespace {

std::string job_text(const CiJob& job, const CiMatrix& matrix)
{
  std::string text = fmt::format("{}:\n", quoted("winnow " + job.name));
  text += matrix.include.empty() ? fmt::format("  script:\n    - {}\n", quoted(matrix.command))
                                 : "  extends: .winnow-chunk\n";
  text += "  variables:\n";
  return text + variables_in_yaml(job, 4);
}

} // namespace

std::string gitlab_pipeline(const CiMatrix& matrix)
{
  std::string text = fmt::format("{}{}.\n", pipeline_beginning, matrix.plan_id);
  if (matrix.jobs.empty()) {
    return text + "\"winnow: no test is affected\":\n  script:\n    - \"true\"\n";
  }
  if (!matrix.include.empty()) {
    text += fmt::format("include:\n  - local: {}\n", quoted(matrix.include));
  }
  for (const CiJob& job : matrix.jobs) {
    text += job_text(job, matrix);
  }
  return text;
}

} // namespace winnow::report
