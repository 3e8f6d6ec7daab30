// A plan as a matrix of GitHub Actions.
#include "analyzer/report/ci_matrix.hpp"

#include <fmt/format.h>

namespace winnow::report {

std::string github_matrix(const CiMatrix& matrix)
{
  std::string rows;
  for (const CiJob& job : matrix.jobs) {
    rows += fmt::format(R"({}{{"chunk":{},"name":{},"predicted_seconds":{:.3f},"tests":{}}})",
                        rows.empty() ? "" : ",", job.chunk, quoted(job.name), job.predicted_s,
                        job.tests);
  }
  return fmt::format("{{\"include\":[{}]}}\n", rows);
}

} // namespace winnow::report
