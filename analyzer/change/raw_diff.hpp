// Reads what `git diff --raw -z` prints.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace winnow::change {

/// What lies at one end of a difference.
struct RawSide {
  std::string mode; ///< as in "100644"; "000000" where nothing does
  ContentHash hash; ///< not known where git does not tell, or names content by SHA-256

  [[nodiscard]] bool is_submodule() const { return mode == "160000"; }

  bool operator==(const RawSide&) const = default;
};

struct RawChange {
  ChangedFile file;
  RawSide before;
  RawSide after;
  bool unmerged = false; ///< the index has several versions

  bool operator==(const RawChange&) const = default;
};

/// Whether a content tells one file from another: it is known, and not empty.
bool is_worth_a_name(const ContentHash& content);

/// One raw diff, in its order, paths as git prints them.
/// Format: gitdiff-raw(5), "-z": `:mode mode id id status NUL path NUL`, for renames and copies a
/// score after the status letter and two paths. A copy is an addition; unmerged, unknown and
/// type-changed files are modified. A data error for anything else.
Result<std::vector<RawChange>> read_raw_diff(std::string_view output);

} // namespace winnow::change
