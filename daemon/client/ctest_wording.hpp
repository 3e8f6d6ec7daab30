// What became of a test, in ctest's words.
#pragma once

#include "analyzer/model/test_description.hpp"
#include "analyzer/model/test_result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::client {

/// Which of the test's regular expressions decided, over its whole output: "Required regular
/// expression not found. Regex=[…]" and its like; "" when none did.
std::string ctest_reason(const TestProperties& properties, std::string_view output);

/// The same of a result: that its resource specification is none comes first.
std::string ctest_reason(const TestProperties& properties, const TestResult& result,
                         std::string_view output);

/// What is wrong with the resource specification that the test was to make, as a line; "" if
/// nothing is.
std::string ctest_spec_fault(const TestResult& result);

/// Whether the test asks for more than there is.
bool lacks_resources(const TestResult& result);

/// What stands between the dots and the time: "   Passed  ", "***Timeout ".
std::string ctest_mark(const TestResult& result, const TestProperties& properties,
                       const std::string& reason);

/// What stands in brackets in the lists at the end: "Failed", "SEGFAULT", "Disabled".
std::string ctest_status(const TestResult& result);

/// Why a test could not be run.
struct CTestRefusal {
  std::string complaint; ///< as the log has it: "Unable to find executable: ./gone"
  std::string detail;    ///< as JUnit has it: "Unable to find executable"
  /// As far as ctest came with it; empty where it did not look at it.
  std::vector<std::string> command;
  bool by_fixture = false;    ///< because a setup failed: told on standard output, of all refusals
  bool setup_failed = false;  ///< whatever the complaint is: ctest looks for no pattern then
  bool by_properties = false; ///< they are invalid: said on standard output, too
};

/// Whether it is a test that its configuration does not have.
bool is_not_available(const TestDescription& test);

enum class Program { found, missing };

/// Empty for a test that was run. `configuration` is that of -C.
CTestRefusal ctest_refusal(const TestDescription& test, const TestResult& result, Program program,
                           const std::string& configuration);

/// A test's output as ctest keeps it: its lines, also the last, end in \n alone. They are ended by
/// \n or a zero byte, with any number of \r before it.
std::string ctest_lines(std::string_view output);

/// `text` with fillers behind it up to `width` bytes, as ctest counts: a letter beyond ASCII is
/// several.
std::string ctest_padded(std::string text, std::size_t width, char filler);

} // namespace winnow::client
