// The options that say which change is asked about.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/error.hpp"
#include "daemon/client/build_context.hpp"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace winnow::client {

/// At most one of them is given; none means the merge base with the upstream default branch.
struct ChangeOptions {
  std::string since;              ///< --since REF
  std::string from;               ///< --from COMMIT
  std::vector<std::string> files; ///< --files F…
  std::string files_from;         ///< --files-from FILE, "-" for standard input
};

void add_change_options(CLI::App& verb, ChangeOptions& options);

/// The change meant, of this work tree.
Result<Change> change_asked_for(const ChangeOptions& options, const BuildContext& context);

} // namespace winnow::client
