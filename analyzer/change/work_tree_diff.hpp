// Differences from the work tree where there are more than git can hold at once.
#pragma once

#include "analyzer/change/git_command.hpp"
#include "analyzer/change/raw_diff.hpp"

#include <optional>
#include <string>
#include <vector>

namespace winnow::change {

/// Git maps each file that differs by its time stamps into memory, to leave out those whose content
/// is the same, and keeps them all until it ends: beyond what the kernel allows one process, 65,530
/// by default, it fails. Then it is asked to leave that out.
///
/// The command to run in place of `diff`, a raw diff with the work tree that answered `answer`;
/// nothing where it did not fail of that.
std::optional<std::vector<std::string>> unmapped_diff(const std::vector<std::string>& diff,
                                                      const Result<GitOutput>& answer);

/// What unmapped_diff() says without the files that only have another time: those have the content
/// and the mode of before. `top` is the repository's. Where git converts files on their way into
/// the work tree (autocrlf, filters) they stay: rather too many.
void leave_out_touched(std::vector<RawChange>& changes, const std::string& top);

/// As git writes the mode of a file in the work tree; "" of what it does not track.
std::string mode_in_work_tree(const std::string& path);

} // namespace winnow::change
