// The options that say which change is asked about.
#pragma once

#include "analyzer/change/work_tree.hpp"
#include "analyzer/model/change.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/roots.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace winnow::client {

/// At most one of them is given; none means the merge base with the upstream default branch.
struct ChangeOptions {
  std::string since;                           ///< --since REF
  std::string from;                            ///< --from COMMIT
  std::vector<std::string> files;              ///< --files F…
  std::string files_from;                      ///< --files-from FILE, "-" for standard input
  std::optional<std::string> since_last_green; ///< --since-last-green [BRANCH], "" without one
};

void add_change_options(CLI::App& verb, ChangeOptions& options);

/// The names of those options, for verbs with an option that excludes them.
std::span<const char* const> change_option_names();

/// The change meant, of this work tree; not for --since-last-green, which means several.
Result<Change> change_asked_for(const ChangeOptions& options, const change::WorkTree& work_tree,
                                const Roots& roots);

} // namespace winnow::client
