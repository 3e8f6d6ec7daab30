// A plan as the parameters with which CircleCI continues a pipeline.
//
// A job's `parallelism` can be a parameter, and tells each of its runs apart by CIRCLE_NODE_INDEX,
// which is the chunk. Parallelism 0 is refused even in workflows that are skipped: hence the second
// parameter.
#include "analyzer/report/ci_matrix.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace winnow::report {

std::string circleci_parameters(const CiMatrix& matrix)
{
  return fmt::format("{{\"winnow_any\":{},\"winnow_chunks\":{}}}\n", !matrix.jobs.empty(),
                     std::max<std::size_t>(matrix.jobs.size(), 1));
}

} // namespace winnow::report
