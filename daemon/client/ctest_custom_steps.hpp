// What CTestCustom.cmake has `winnow ctest` do and say around the tests.
#pragma once

#include "analyzer/ingest/ctest_custom.hpp"
#include "daemon/client/ctest_console.hpp"
#include "daemon/client/ctest_options.hpp"
#include "daemon/client/ctest_printed.hpp"
#include "daemon/client/ctest_test_lines.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace winnow::client {

/// What ctest says of one that is not as it should be.
Printed custom_complaints(const ingest::CTestCustom& custom);

/// Whether ctest lists no tests because of that: it takes whatever it complains of for an error in
/// the list, and keeps a wrong value to itself where it is to be quiet.
bool is_refused(const ingest::CTestCustom& custom, const CTestOptions& options);

/// Runs its commands and prints what ctest prints of them; `when` is "pre-test" or "post-test".
/// Whether all succeeded.
bool run_custom_commands(const std::vector<std::string>& lines, std::string_view when,
                         const CTestTree& tree, const CTestOptions& options, CTestConsole& console);

} // namespace winnow::client
