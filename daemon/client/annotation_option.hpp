// Failures as annotations of the CI system that runs this.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/run_results.hpp"

#include <span>
#include <string>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace winnow::client {

/// What GitLab is to be told of as a code quality report, and what `buildkite-agent annotate`
/// reads: in the current directory.
inline constexpr const char* gitlab_annotations = "winnow-code-quality.json";
inline constexpr const char* buildkite_annotations = "winnow-annotation.md";

/// --annotations SYSTEM; "" if it is not given.
CLI::Option* add_annotation_option(CLI::App& verb, std::string& system);

/// Prints or writes them; nothing for system "". Files are those of the repository around the
/// current directory: a path of another machine means the file whose path is its longest end.
Result<void> write_annotations(const std::string& system, std::span<const KeptAttempt> attempts);

} // namespace winnow::client
