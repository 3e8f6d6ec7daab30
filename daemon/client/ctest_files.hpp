// What `winnow ctest` leaves in Testing/Temporary, for people and for ctest's next run.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/test_description.hpp"
#include "analyzer/model/test_result.hpp"
#include "daemon/client/ctest_checkpoint.hpp"
#include "daemon/client/ctest_label_times.hpp"
#include "daemon/client/ctest_options.hpp"
#include "daemon/client/ctest_selection.hpp"
#include "daemon/client/ctest_test_lines.hpp"
#include "daemon/client/ctest_wording.hpp"

#include <cstdint>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::client {

/// Writes LastTest.log as tests end, and LastTestsFailed.log, LastTestsDisabled.log and
/// CTestCostData.txt at the end, in ctest 3.25's formats. The lists are written only when there is
/// something to list, as ctest leaves those of an earlier run alone.
///
/// Where ctest says that a test passed which it could not start, this says that it failed, unless
/// it is to agree strictly.
class CTestFiles {
 public:
  /// Creates the directory and begins the log; an environment error where that cannot be. `tests`
  /// are all tests of the tree; they and `options` must outlive this.
  static Result<CTestFiles> open(const CTestTree& tree, std::span<const TestDescription> tests,
                                 CTestSelection selection, const CTestOptions& options);

  /// Results carry the index of the test in the selection; cancelled ones are left out. `refusal`
  /// is that of a test that was not run.
  void finished(const TestResult& result, std::string_view output, const CTestRefusal& refusal);
  /// The test has told these labels in its output.
  void add_labels(std::uint32_t test, const std::vector<std::string>& labels);
  /// Ends the log; an environment error when it could not be written.
  Result<void> close_log();
  /// Ends the log and writes the lists; an environment error when anything could not be written.
  Result<void> close();

  /// The run was not interrupted: -F has nothing to go on with.
  void remove_checkpoint() { checkpoint_.remove(); }

 private:
  CTestFiles(const CTestTree& tree, std::span<const TestDescription> tests,
             CTestSelection selection, const CTestOptions& options);

  [[nodiscard]] std::string conclusion(const TestResult& result, std::string_view output,
                                       const CTestRefusal& refusal) const;
  [[nodiscard]] std::string list_of(bool failures) const;
  [[nodiscard]] std::string label_times() const;
  [[nodiscard]] std::string costs() const;
  [[nodiscard]] const TestDescription& test_of(const TestResult& result) const;

  std::string directory_;
  std::span<const TestDescription> tests_;
  CTestSelection selection_;
  std::vector<std::string> subprojects_;
  const CTestOptions& options_;
  std::ofstream log_;
  CTestCheckpoint checkpoint_;
  std::vector<TestResult> results_; ///< of last attempts, in the order they came
  std::vector<TestResult> earlier_; ///< of the others
  ToldLabels told_labels_;
};

} // namespace winnow::client
