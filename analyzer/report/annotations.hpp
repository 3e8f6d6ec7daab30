// Failed tests as a CI system shows them beside the lines of a change.
#pragma once

#include "analyzer/model/run_results.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::report {

struct Annotation {
  std::string file; ///< from the top of the repository; "" where the output names none of it
  std::uint32_t line = 0;
  std::string title;   ///< of the test
  std::string message; ///< why it failed, then what it wrote there
};

/// The file of the repository that a path in an output means, from its top.
using FindFile = std::function<std::optional<std::string>(std::string_view)>;

/// One for each test that failed in the end, in their order.
std::vector<Annotation> annotations_of(std::span<const KeptAttempt> attempts,
                                       const FindFile& find_file);

/// Lines for standard output (workflow commands). GitHub shows ten of a step: what is more is told
/// in the tenth.
std::string github_annotations(std::span<const Annotation> annotations);

/// Lines for standard output (logging commands).
std::string azure_annotations(std::span<const Annotation> annotations);

/// A code quality report, which GitLab shows in a merge request's changes; JSON. It has only what
/// has a place: GitLab refuses others.
std::string gitlab_code_quality(std::span<const Annotation> annotations);

/// Markdown, for `buildkite-agent annotate`, which takes no more than 1 MiB: what is beyond that is
/// counted. "" if there is none.
std::string buildkite_annotation(std::span<const Annotation> annotations);

} // namespace winnow::report
