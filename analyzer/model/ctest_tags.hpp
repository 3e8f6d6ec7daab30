// Lines of a test's output that are meant for ctest: <CTestLabel>, <CTestDetails>.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow {

struct CTestTag {
  enum class Kind {
    none,
    details, ///< a word for what became of the test
    label    ///< one more label of the test
  };
  Kind kind = Kind::none;
  std::string_view value;
};

/// What one line says. Of several on a line, ctest takes the first kind, from its first mark to its
/// last.
CTestTag ctest_tag_in(std::string_view line);

/// An output as ctest keeps it.
struct UntaggedOutput {
  std::string text;                ///< without the lines that have a tag
  std::vector<std::string> labels; ///< in the order they came
};

UntaggedOutput without_ctest_tags(std::string output);

/// Without <CTestMeasurement …>…</CTestMeasurement> and the same of Dart, which ctest takes out of
/// what it writes into documents. Only elements that have no other inside.
std::string without_measurements(std::string output);

} // namespace winnow
