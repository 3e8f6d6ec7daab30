// Files and definitions that the project says change with every commit and mean nothing.
#pragma once

#include "analyzer/model/settings.hpp"

#include <string_view>

namespace winnow::select {

/// Whether that holds of a file of the build tree.
bool is_volatile(const VolatileStamps& meaningless, std::string_view graph_path);

/// Whether that holds of a definition, or of a setting that ends up in one of its name.
bool is_volatile_definition(const VolatileStamps& meaningless, std::string_view name);

} // namespace winnow::select
