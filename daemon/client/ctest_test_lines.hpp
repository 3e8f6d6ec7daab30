// What ctest prints about a single test.
#pragma once

#include "analyzer/model/run_event.hpp"
#include "analyzer/model/test_description.hpp"
#include "daemon/client/ctest_options.hpp"
#include "daemon/client/ctest_selection.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace winnow::client {

/// The build tree that is tested.
struct CTestTree {
  std::string build_dir; ///< absolute
  /// --test-dir led out of the current directory.
  bool entered = false;
  /// Where ctest is before a preset sends it to the build tree; "" means there.
  std::string start_dir;
  /// For tests without TIMEOUT when --timeout says nothing: TimeOut of DartConfiguration.tcl.
  double default_timeout_s = 10'000'000;
  std::vector<std::string> subprojects; ///< labels that stand for one: DartConfiguration.tcl
  bool customized = false;              ///< it has a CTestCustom.cmake
  std::vector<std::string> ignored;     ///< tests that it has ignored
  /// Asked when a test is listed or starts; unset, every test has its program, directory and files.
  std::function<bool(const TestDescription&)> has_program;
  std::function<bool(const TestDescription&)> has_directory;
  std::function<bool(const TestDescription&)> has_required_files;
};

/// Tests are called by their index in the selection. Columns are as wide as the longest number and
/// name of the selection need.
class CTestTestLines {
 public:
  /// `tests` are all tests of the tree; they and `options` must outlive this.
  CTestTestLines(CTestTree tree, std::span<const TestDescription> tests, CTestSelection selection,
                 const CTestOptions& options);

  [[nodiscard]] const CTestTree& tree() const { return tree_; }

  [[nodiscard]] std::span<const TestDescription> tests() const { return tests_; }

  [[nodiscard]] const CTestSelection& selection() const { return selection_; }

  [[nodiscard]] const TestDescription& test_at(std::uint32_t index) const;

  [[nodiscard]] std::uint32_t number_of(std::uint32_t index) const
  {
    return selection_.tests[index].number;
  }

  /// As far as that is known, also of a test without a command.
  [[nodiscard]] bool has_program(const TestDescription& test) const;
  [[nodiscard]] bool has_directory(const TestDescription& test) const;

  /// Its line of a list, with what -V adds.
  [[nodiscard]] std::string listed(std::uint32_t index) const;
  [[nodiscard]] std::string started(std::uint32_t index, std::uint32_t attempt = 1) const;
  /// Where ctest looks for a program that is not there; "" if it is.
  [[nodiscard]] std::string places_searched(const TestDescription& test) const;
  /// With -V: the command, its surroundings and the timeout.
  [[nodiscard]] std::string details(std::uint32_t index) const;
  /// "3/12 Test #7: name", of the line that --progress keeps; `completed` tests have ended.
  [[nodiscard]] std::string place(std::uint32_t index, std::size_t completed) const;
  /// The line of a test that ended as the `completed`th.
  [[nodiscard]] std::string ended(const TestResult& result, std::size_t completed,
                                  const std::string& reason) const;

 private:
  [[nodiscard]] std::string counter(std::uint32_t attempt, std::size_t completed) const;
  [[nodiscard]] std::string command(std::uint32_t index) const;
  [[nodiscard]] std::uint32_t total() const;
  [[nodiscard]] std::uint32_t highest_number() const;

  CTestTree tree_;
  std::span<const TestDescription> tests_;
  CTestSelection selection_;
  const CTestOptions& options_;
  std::size_t widest_name_;
};

/// "  0.42 sec".
std::string ctest_seconds(double seconds);

} // namespace winnow::client
