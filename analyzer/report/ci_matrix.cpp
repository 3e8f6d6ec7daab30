// What documents for CI systems have in common.
#include "analyzer/report/ci_matrix.hpp"

#include "analyzer/report/path_text.hpp"
#include "analyzer/report/plan_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <array>

namespace winnow::report {
namespace {

/// A plan with more jobs than its system takes would fail after it was made. GitHub, GitLab (jobs
/// in active pipelines of a free namespace) and Buildkite document theirs; the others are guesses
/// on the careful side.
struct SystemRow {
  std::string_view name;
  std::string_view title;
  std::size_t most_jobs; ///< in one matrix, upload, pipeline or job
};

/// As CiSystem.
constexpr std::array<SystemRow, 5> systems{
    SystemRow{"github", "GitHub Actions", 256}, SystemRow{"gitlab", "GitLab", 500},
    SystemRow{"azure", "Azure Pipelines", 256}, SystemRow{"buildkite", "Buildkite", 500},
    SystemRow{"circleci", "CircleCI", 256},
};

} // namespace

std::optional<CiSystem> ci_system_called(std::string_view name)
{
  for (std::size_t i = 0; i < systems.size(); ++i) {
    if (systems[i].name == name) {
      return static_cast<CiSystem>(i);
    }
  }
  return std::nullopt;
}

CiMatrix ci_matrix_of(const Plan& plan)
{
  CiMatrix matrix;
  matrix.plan_id = plan_id(plan);
  for (const Chunk& chunk : plan.chunks) {
    matrix.jobs.push_back(
        {chunk.index, fmt::format("chunk {}", chunk.index), chunk.tests.size(), chunk.predicted_s});
  }
  return matrix;
}

Result<void> check_job_count(CiSystem system, std::size_t jobs)
{
  const SystemRow& row = systems[static_cast<std::size_t>(system)];
  if (jobs <= row.most_jobs) {
    return {};
  }
  return user_error(
      fmt::format("{} jobs are too many for {}, which takes {} at once; cut the tests "
                  "into fewer chunks with --chunks, or a longer --target-time",
                  jobs, row.title, row.most_jobs));
}

std::vector<CiVariable> ci_variables(const CiJob& job)
{
  return {{"WINNOW_CHUNK", fmt::format("{}", job.chunk)},
          {"WINNOW_TESTS", fmt::format("{}", job.tests)},
          {"WINNOW_PREDICTED_SECONDS", fmt::format("{:.3f}", job.predicted_s)}};
}

std::string variables_in_yaml(const CiJob& job, std::size_t indent)
{
  std::string text;
  for (const CiVariable& variable : ci_variables(job)) {
    text += fmt::format("{:{}}{}: {}\n", "", indent, variable.name, quoted(variable.value));
  }
  return text;
}

std::string quoted(std::string_view text)
{
  return boost::json::serialize(boost::json::string(utf8_or_replaced(text)));
}

} // namespace winnow::report
