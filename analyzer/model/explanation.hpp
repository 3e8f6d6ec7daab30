// Why a test is skipped, and what a file can affect.
#pragma once

#include "analyzer/model/selection.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// What a test depends on, transitively, counted in the kinds that people think in.
struct InputCounts {
  std::size_t sources = 0;
  std::size_t built = 0;
  std::size_t outside = 0; ///< neither below the source root nor made by the build
  std::size_t tests = 0;
};

enum class SkipReasonKind {
  unchanged_inputs, ///< none of its inputs changed; of no file
  no_difference,    ///< the file is an input and changed, but not what the test sees of it
  ignored_file,     ///< the file changed in the test's part, and a rule says that it cannot matter
  closed,           ///< the file changed in the test's part, but all inputs of the test are known
  not_named,        ///< the file changed in the test's part, and nothing that leads to the test
                    ///< says one of its names
  read_by_others, ///< data changed in the test's part that others read, and nothing tells that the
                  ///< test does
  independent,    ///< the test depends on none of the targets that were asked for; of no file
  own_test        ///< it is a test of such a target itself, and those were left out; of no file
};

/// The names they have in documents.
inline constexpr std::array<std::string_view, 8> skip_reason_names{
    "unchanged_inputs", "no_difference",  "ignored_file", "closed",
    "not_named",        "read_by_others", "independent",  "own_test"};

constexpr std::string_view name_of(SkipReasonKind kind)
{
  return skip_reason_names[static_cast<std::size_t>(kind)];
}

struct SkipReason {
  SkipReasonKind kind = SkipReasonKind::unchanged_inputs;
  std::string file; ///< the changed graph path
  std::string rule; ///< that ignores it

  bool operator==(const SkipReason&) const = default;
};

/// Why a test is not selected. Many files may have changed around it: not all are told.
struct SkippedTest {
  TestId test;
  InputCounts inputs;
  std::vector<SkipReason> reasons; ///< at least one
  std::size_t more_reasons = 0;    ///< that are left out
};

enum class FileStanding {
  known,   ///< the graph has edges from it
  ignored, ///< the graph does not know it, and a rule says that it cannot matter
  unknown  ///< neither
};

/// What a change of one file alone would select, tests that are always selected left out.
struct FileExplanation {
  std::string path;
  FileStanding standing = FileStanding::unknown;
  std::vector<std::string> unnamed; ///< of a file that is ignored: as in IgnoredFile
  std::string ignore_rule;          ///< its name; of `harmless_files` also the pattern that matched
  Selection selection;
};

} // namespace winnow
