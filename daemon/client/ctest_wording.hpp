// What became of a test, in ctest's words.
#pragma once

#include "analyzer/model/test_description.hpp"
#include "analyzer/model/test_result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace winnow::client {

/// Which of the test's regular expressions decided, over its whole output: "Required regular
/// expression not found. Regex=[…]" and its like; "" when none did.
std::string ctest_reason(const TestProperties& properties, std::string_view output);

/// What stands between the dots and the time: "   Passed  ", "***Timeout ".
std::string ctest_mark(const TestResult& result, const std::string& reason);

/// What stands in brackets in the lists at the end: "Failed", "SEGFAULT", "Disabled".
std::string ctest_status(const TestResult& result);

/// Why a test that was not run was not, as ctest's standard error has it.
std::string ctest_complaint(const TestDescription& test, const TestResult& result);

/// A test's output as ctest keeps it: its lines, also the last, end in \n alone.
std::string ctest_lines(std::string_view output);

/// The places ctest 3.25 names when it does not find `program`, each twice: with and without the
/// (here empty) suffix of executables.
std::vector<std::string> ctest_places_searched(std::string_view program,
                                               const std::string& configuration);

} // namespace winnow::client
