// What --out-of-date of `winnow ctest` goes by.
#pragma once

#include "analyzer/model/roots.hpp"
#include "analyzer/model/test_description.hpp"
#include "analyzer/model/test_result.hpp"
#include "daemon/client/ctest_programs.hpp"
#include "daemon/client/ctest_selection.hpp"
#include "daemon/client/dependency_contents.hpp"
#include "daemon/client/passed_tests.hpp"
#include "daemon/client/test_dependencies.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::client {

/// A test is out of date unless it passed in this build tree, and since then neither it nor what
/// it depends on has changed. It depends on what DependencySearch finds, and on all that of the
/// tests that it needs to run before it: those of its fixtures, and of DEPENDS.
///
/// Doubt is no reason to leave a test out: one is out of date where something is missing or cannot
/// be read, where its name repeats in its directory, and where ctest has it on a later list of
/// failures.
class CTestPasses {
 public:
  /// `tests` are all tests of the tree, and must outlive it as `programs` must. `roots.source` is
  /// that of the build where there is none.
  CTestPasses(std::span<const TestDescription> tests, std::string configuration, Roots roots,
              CTestPrograms& programs);

  /// Why nothing that passed before counts; "" if it does.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }

  [[nodiscard]] bool is_out_of_date(std::size_t test);

  /// The selected tests begin: they have not passed until they do so again.
  Result<void> begin(const CTestSelection& selection);
  /// Index and verdict count.
  void finished(const TestResult& result);
  /// Writes down which have passed; an environment error where that cannot be.
  Result<void> close();

 private:
  /// What there is to know of one test, without those before it.
  struct Own {
    std::string definition;
    TestDependencies dependencies;
    bool repeats = false;
  };

  enum class Moment { now, when_begun };

  const Own& own(std::size_t test);
  [[nodiscard]] std::vector<std::size_t> needed_before(std::size_t test) const;
  /// The test and those before it; nothing where they are too many to look at.
  [[nodiscard]] std::optional<std::set<std::size_t>> with_those_before(std::size_t test) const;
  /// Unknown where there is a doubt.
  Digest state_of(std::size_t test, Moment moment);
  Digest content(const std::string& path, Moment moment);
  /// Of all programs of the build tree.
  Digest programs_state(Moment moment);
  const std::optional<std::vector<std::string>>& every_program();
  [[nodiscard]] ConfiguredTest name_of(std::size_t test) const;
  void read_failures(const std::string& build_dir);

  std::span<const TestDescription> tests_;
  std::string configuration_;
  Roots roots_;
  CTestPrograms& programs_;
  std::string trouble_;
  std::map<ConfiguredTest, TestPass> passes_;
  std::optional<DependencyContents> contents_;
  std::unique_ptr<DependencySearch> search_; ///< none where the declared inputs are not known
  std::unordered_map<std::size_t, Own> own_;
  std::optional<std::optional<std::vector<std::string>>> every_program_; ///< once it was asked for
  std::map<Moment, Digest> programs_state_;
  std::map<TestKey, std::uint32_t> times_named_;
  std::unordered_map<std::string, std::vector<std::size_t>> setups_; ///< by fixture
  std::unordered_map<std::string, std::vector<std::size_t>> named_;
  std::set<std::string, std::less<>> failed_; ///< names in the newest list of failures
  std::int64_t failed_us_ = 0;                ///< when it was written
  std::vector<std::size_t> running_;          ///< by index in the run
  std::set<std::size_t> passed_;
};

} // namespace winnow::client
