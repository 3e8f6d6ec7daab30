// A plan as the jobs of a CI system: what all systems have in common.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/plan.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::report {

enum class CiSystem { github, gitlab, azure, buildkite, circleci };

/// The format of that name; nothing for other words.
std::optional<CiSystem> ci_system_called(std::string_view name);

/// A job for one chunk.
struct CiJob {
  std::uint32_t chunk = 0;
  std::string name; ///< "chunk 0"
  std::size_t tests = 0;
  double predicted_s = 0;
};

struct CiMatrix {
  std::string plan_id;
  std::vector<CiJob> jobs;
  /// What a job runs where its system wants a command; WINNOW_CHUNK is in its environment.
  std::string command;
  std::string include; ///< of GitLab: a file with the job `.winnow-chunk`, "" for none
};

CiMatrix ci_matrix_of(const Plan& plan);

/// A document with so many jobs is one that the system refuses: a user error that says so.
Result<void> check_job_count(CiSystem system, std::size_t jobs);

/// The variables by which a job knows its chunk, in the systems that have variables of jobs.
struct CiVariable {
  std::string_view name; ///< WINNOW_CHUNK and the like
  std::string value;
};

std::vector<CiVariable> ci_variables(const CiJob& job);
/// A line for each, so far indented.
std::string variables_in_yaml(const CiJob& job, std::size_t indent);

/// A text in double quotes, as JSON and YAML both read it.
std::string quoted(std::string_view text);

// One document each, with the end of its last line. Without jobs it is one that the system takes:
// GitHub, Azure and CircleCI can skip a job for it, GitLab and Buildkite get a job that says so.

/// {"include":[{"chunk", "name", "predicted_seconds", "tests"}]}, a value for `fromJSON()`.
std::string github_matrix(const CiMatrix& matrix);
/// A child pipeline; YAML.
std::string gitlab_pipeline(const CiMatrix& matrix);
/// Steps for `buildkite-agent pipeline upload`; YAML.
std::string buildkite_steps(const CiMatrix& matrix);
/// Parameters of a continuation: {"winnow_any", "winnow_chunks"}, at least 1 for `parallelism`.
std::string circleci_parameters(const CiMatrix& matrix);

/// A row of an Azure matrix: a job's name, and its variables.
struct AzureRow {
  std::string name;
  std::vector<std::pair<std::string, std::string>> variables;
};

/// The matrix in `text`: images, configurations and the like. A data error names `file`, line and
/// column.
Result<std::vector<AzureRow>> azure_rows(std::string_view text, const std::string& file);

/// Each chunk in each of `rows`: {"chunk_0": {"WINNOW_CHUNK", …}}, or {"linux_chunk_0": …} with all
/// variables of the row. No rows: one without variables. A user error for a variable of Winnow's in
/// a row, and for more jobs than Azure takes.
Result<std::string> azure_matrix(const CiMatrix& matrix, std::span<const AzureRow> rows);

} // namespace winnow::report
