// The CMake lines behind a selection, for those who print its reasons.
#pragma once

#include "analyzer/model/selection.hpp"
#include "daemon/client/build_context.hpp"

#include <optional>

namespace winnow::client {

/// Completes the reasons that come from edited CMake code with the line (name_cmake_lines()), of
/// all selected tests or of one. Asks git and CMake's File API only where there are such reasons;
/// what they cannot tell stays a file.
void add_cmake_lines(const BuildContext& context, Selection& selection,
                     std::optional<TestId> only = std::nullopt);

} // namespace winnow::client
