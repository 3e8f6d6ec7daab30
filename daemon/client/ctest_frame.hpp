// What `winnow ctest` prints around everything else.
#pragma once

#include "daemon/client/ctest_options.hpp"
#include "daemon/client/ctest_printed.hpp"
#include "daemon/client/ctest_test_lines.hpp"

namespace winnow::client {

/// The first lines, from before anything is read or run.
Printed ctest_opening(const CTestTree& tree, const CTestOptions& options);
/// The last lines, where anything failed.
Printed ctest_failure(const CTestTree& tree, const CTestOptions& options);

} // namespace winnow::client
