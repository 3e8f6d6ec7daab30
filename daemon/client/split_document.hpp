// A plan in the form that `winnow split` was asked for.
#pragma once

#include "analyzer/model/error.hpp"
#include "daemon/client/output_options.hpp"
#include "daemon/client/plan_query.hpp"

#include <string>

namespace CLI {
class App;
}

namespace winnow::client {

/// What documents for CI systems are told beside the plan.
struct CiOptions {
  std::string command;         ///< what a job runs; "" for `winnow run` of its chunk
  std::string include;         ///< of GitLab
  std::string matrix;          ///< of Azure: a file, "" for none
  std::string output_variable; ///< of Azure and GitHub, "" for none
};

void add_ci_options(CLI::App& verb, CiOptions& options);

struct SplitForm {
  OutputOptions output;
  CiOptions ci;
  std::string plan_file; ///< where jobs find the plan
};

/// The document with its end. User errors: an option that is another system's, more jobs than a
/// system takes; what is wrong with the file of `--matrix`. `graph` is that of the selection, null
/// where the plan was read from a file, which is no reason to write it once more: a user error.
Result<std::string> split_document(const PlannedSelection& planned, const Graph* graph,
                                   const SplitForm& form);

} // namespace winnow::client
