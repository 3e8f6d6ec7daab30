// What `winnow ctest` prints: the lines of ctest 3.25, byte for byte.
#pragma once

#include "analyzer/model/run_event.hpp"
#include "analyzer/model/test_description.hpp"
#include "daemon/client/ctest_label_times.hpp"
#include "daemon/client/ctest_options.hpp"
#include "daemon/client/ctest_printed.hpp"
#include "daemon/client/ctest_selection.hpp"
#include "daemon/client/ctest_test_lines.hpp"
#include "daemon/client/ctest_wording.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::client {

/// As terminals number them.
enum class CTestColor { clear = 0, red = 31, green = 32, yellow = 33, blue = 34 };

/// Rendering only: it is told what happens and returns what to print. Tests are called by their
/// index in the selection, which is their index in the run's request.
///
/// Tests with the verdict cancelled are left out, as ctest leaves out what --stop-on-failure kept
/// from starting.
class CTestOutput {
 public:
  /// `tests` are all tests of the tree; they and `options` must outlive this.
  CTestOutput(CTestTree tree, std::span<const TestDescription> tests, CTestSelection selection,
              const CTestOptions& options);

  /// With -V, what ctest says when it has made its list of tests.
  [[nodiscard]] Printed head() const;
  /// Everything after the head with -N.
  [[nodiscard]] Printed listing() const;
  /// Where they were looked for: all that a listing as JSON says in the file of --output-log.
  [[nodiscard]] Printed missing_programs() const;
  /// The same with --print-labels.
  [[nodiscard]] Printed labels() const;

  Printed started(const TestStarted& event);
  /// A piece of a running test's output, in order; printed with -V only, whole lines at once.
  Printed piece(std::uint32_t test, std::string_view text);
  /// The test has told these labels in its output.
  void add_labels(std::uint32_t test, const std::vector<std::string>& labels);
  /// `output` is all of it, without tags; with -V it was told in pieces before, too.
  Printed finished(const TestFinished& event, std::string_view output);
  /// The summary. Of a selection without tests, it is all that follows the head but
  /// ctest_failure().
  [[nodiscard]] Printed ended(const RunFinished& event) const;

  /// What ctest makes of the result: a disabled test whose directory is missing was not run, though
  /// it does not count as failed.
  [[nodiscard]] TestResult as_ctest_has_it(const TestResult& result) const;
  /// Why ctest would say the test was not run; nothing if it was.
  [[nodiscard]] CTestRefusal refusal(const TestResult& result) const;
  [[nodiscard]] std::string failed_setups_of(const TestDescription& test) const;

  /// ctest's: 0, or 8 when a test failed or --no-tests=error found none. Valid after all tests
  /// finished.
  [[nodiscard]] int exit_code() const;

 private:
  [[nodiscard]] const TestDescription& test_at(std::uint32_t index) const
  {
    return lines_.test_at(index);
  }

  [[nodiscard]] std::string summary(const RunFinished& event) const;
  [[nodiscard]] std::string time_summaries() const;
  [[nodiscard]] std::string listed(bool failures) const;
  [[nodiscard]] std::string color(CTestColor color) const;
  std::string lines_of(std::uint32_t test, std::string_view text);
  std::string tag_told(std::uint32_t test, std::string_view line);
  std::optional<std::size_t> line_of_match(std::uint32_t test, std::string_view text);
  void count(const TestResult& result);

  [[nodiscard]] std::size_t completed() const
  {
    return ended_.size() + lines_.selection().done.size();
  }

  CTestTestLines lines_;
  const CTestOptions& options_;
  std::vector<bool> was_started_;
  std::vector<std::string> open_lines_;               ///< with -V: what came after the last newline
  std::map<std::uint32_t, std::string> before_match_; ///< of tests with TIMEOUT_AFTER_MATCH
  std::set<std::uint32_t> changed_timeout_;
  ToldLabels shown_labels_; ///< with -V
  ToldLabels told_labels_;
  std::vector<TestResult> ended_; ///< in the order they ended
  std::uint32_t passed_ = 0;      ///< skipped ones too
  std::uint32_t failed_ = 0;
};

} // namespace winnow::client
