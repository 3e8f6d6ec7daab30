// Git's word first, then the environment's.
#include "daemon/client/branch_name.hpp"

#include <cstdlib>

namespace winnow::client {
namespace {

/// Of GitHub (of a pull request before that of a push), GitLab, Buildkite, CircleCI, Azure,
/// Jenkins.
constexpr const char* variables[] = {"GITHUB_HEAD_REF",  "GITHUB_REF_NAME", "CI_COMMIT_REF_NAME",
                                     "BUILDKITE_BRANCH", "CIRCLE_BRANCH",   "BUILD_SOURCEBRANCH",
                                     "BRANCH_NAME"};

} // namespace

std::string branch_name(const std::string& checked_out)
{
  if (!checked_out.empty()) {
    return checked_out;
  }
  for (const char* const variable : variables) {
    const char* const value = std::getenv(variable);
    if (value != nullptr && *value != '\0') {
      return value;
    }
  }
  return {};
}

} // namespace winnow::client
