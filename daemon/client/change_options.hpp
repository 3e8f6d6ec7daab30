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

/// At most one of the first five is given; none means the merge base with the upstream default
/// branch, or with depends_on no change at all.
struct ChangeOptions {
  std::string since;                           ///< --since REF
  std::string from;                            ///< --from COMMIT
  std::vector<std::string> files;              ///< --files F…
  std::string files_from;                      ///< --files-from FILE, "-" for standard input
  std::optional<std::string> since_last_green; ///< --since-last-green [BRANCH], "" without one
  std::string ci;          ///< --ci SYSTEM, which --since-last-green asks; "" for one's own history
  std::string ci_pipeline; ///< --ci-pipeline PIPELINE, "" for that of the job
  /// --depends-on [TARGET…]; none named: those that the project declares.
  std::optional<std::vector<std::string>> depends_on;
  bool exclude_own = false; ///< --exclude-own

  /// Whether each test has a base of its own.
  [[nodiscard]] bool asks_history() const { return since_last_green && ci.empty(); }

  [[nodiscard]] bool states_change() const
  {
    return !since.empty() || !from.empty() || !files.empty() || !files_from.empty() ||
           since_last_green;
  }
};

/// Those that say which files changed.
void add_change_options(CLI::App& verb, ChangeOptions& options);

/// Those, and the ones that say on which targets a test must depend: for verbs about tests.
void add_selection_options(CLI::App& verb, ChangeOptions& options);

/// The names of those options, for verbs with an option that excludes them.
std::span<const char* const> selection_option_names();

/// The change meant, of this work tree; not for --since-last-green by one's own history, which
/// means several. An environment error where a CI system is asked and does not answer, or knows no
/// build of HEAD's history that succeeded.
Result<Change> change_asked_for(const ChangeOptions& options, const change::WorkTree& work_tree,
                                const Roots& roots);

} // namespace winnow::client
