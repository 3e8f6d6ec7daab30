// The settings of the project that a build tree belongs to.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/model/settings.hpp"
#include "analyzer/select/meant_tests.hpp"
#include "daemon/client/build_context.hpp"

#include <string>

namespace winnow::client {

struct ProjectSettings {
  Settings settings;
  select::TestLabels labels; ///< empty where no setting names a label
};

/// Where winnow.json is, or would be.
std::string settings_path(const Roots& roots);

/// Reads winnow.json at the source root; without one there is nothing to know. A user error names
/// the file, line and column of what is wrong in it.
Result<Settings> read_settings(const Roots& roots);

/// The same, with what is needed to apply them.
Result<ProjectSettings> project_settings(const BuildContext& context);

} // namespace winnow::client
