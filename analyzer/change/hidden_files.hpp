// Reads which files git takes for unmodified without a look.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::change {

/// Of what `git ls-files -v -z` prints, `tag SPACE path NUL` for each file, the paths whose tag
/// says assume-unchanged (a lower-case letter) or skip-worktree (S).
std::vector<std::string> hidden_files_in(std::string_view tags);

} // namespace winnow::change
