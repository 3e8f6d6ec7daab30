// Asks CMake's File API what explanations need.
#pragma once

#include <string>

namespace winnow::client {

/// Plants the query that Winnow's module plants, too, so that CMake answers it whenever it
/// configures this build tree. A tree that cannot be written to is left as it is: reasons then name
/// files without lines.
void plant_file_api_query(const std::string& build);

} // namespace winnow::client
