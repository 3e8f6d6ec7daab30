// Files and settings that the project says change with every commit and mean nothing.
#pragma once

#include "analyzer/model/settings.hpp"

#include <string_view>

namespace winnow::client {

/// Whether that holds of a file of the build tree.
bool is_volatile(const VolatileStamps& meaningless, std::string_view graph_path);

/// Whether that holds of a setting, which has the name of a definition that it ends up in.
bool is_volatile_setting(const VolatileStamps& meaningless, std::string_view name);

} // namespace winnow::client
