// CMake's File API: the names, types and artifacts of targets.
#pragma once

#include "analyzer/model/error.hpp"

#include <functional>
#include <string>
#include <vector>

namespace winnow::ingest {

struct ApiTarget {
  std::string name;
  std::string type;                   ///< as CMake spells it; "" of linked ones
  std::string directory;              ///< source directory, absolute or relative to the source root
  std::vector<std::string> artifacts; ///< absolute or relative to the build root
};

using IsLinkedTarget = std::function<bool(const std::string& name)>;

/// The targets of the configuration in the newest codemodel reply; of a tree with one
/// configuration, of that one. Empty if CMake has not replied yet. Of those for which `is_linked`
/// holds, nearly all in a large tree, type and artifacts are left out: their link steps tell them,
/// and a file of its own need not be read for each. A data error names a file that is damaged.
Result<std::vector<ApiTarget>> read_file_api(const std::string& build,
                                             const std::string& configuration,
                                             const IsLinkedTarget& is_linked = {});

} // namespace winnow::ingest
