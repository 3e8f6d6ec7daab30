// One CTest test as the CTest files describe it.
#pragma once

#include "analyzer/model/shared.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace winnow {

/// What identifies a test: names alone can repeat in other directories.
struct TestKey {
  std::string directory; ///< of its CTestTestfile.cmake, relative to the build root; "" for the top
  std::string name;

  auto operator<=>(const TestKey&) const = default;

  /// `directory/name`, or the bare name at the top: what people type and read.
  [[nodiscard]] std::string display() const;
};

/// One requirement of RESOURCE_GROUPS: so many slots of an instance of a kind.
struct ResourceRequirement {
  std::string kind;
  std::uint32_t slots = 1;

  auto operator<=>(const ResourceRequirement&) const = default;
};

/// So many units of a counted kind of resource: what a test takes, or what there is.
struct ResourceCount {
  std::string name; ///< "machine:NAME" is one for all projects, any other of the project
  std::uint32_t count = 0;

  auto operator<=>(const ResourceCount&) const = default;
};

/// Adds counts by name, each in place of one that was there.
void set_counts(std::vector<ResourceCount>& counts, const std::vector<ResourceCount>& newer);

/// No test and no project asks for more.
inline constexpr double most_cpus = 1e6;
inline constexpr std::uint64_t most_memory_bytes = std::uint64_t{1} << 60;
inline constexpr std::uint32_t most_resources = 999'999'999;

/// What `winnow_test_resources()` and `run.rules` state about a test; unset means not stated.
struct StatedResources {
  std::optional<std::uint32_t> cpu_milli;    ///< thousandths of a cpu
  std::optional<std::uint64_t> memory_bytes; ///< peak of the whole process tree
  std::vector<ResourceCount> pools;          ///< of kinds that the project declares
  Shared<std::string> stated_at;             ///< "file:line", as it is to be told; "" if unknown

  bool operator==(const StatedResources&) const = default;
};

/// Output by which a test's clock begins anew, with another limit.
struct TimeoutAfterMatch {
  double timeout_s = 0;
  std::vector<std::string> regular_expressions; ///< CMake dialect, any may match

  auto operator<=>(const TimeoutAfterMatch&) const = default;
};

/// The properties of a test, named as CTest names them, defaults as CTest's.
struct TestProperties {
  std::vector<std::string> environment;              ///< "NAME=value", applied first
  std::vector<std::string> environment_modification; ///< "NAME=operation:value"
  std::string working_directory;                     ///< absolute
  std::optional<double> timeout_s;                   ///< 0 means none
  std::optional<TimeoutAfterMatch> timeout_after_match;
  std::string timeout_signal_name;              ///< "SIGTERM"; "" for none
  std::optional<double> timeout_signal_grace_s; ///< between that and SIGKILL
  std::uint32_t processors = 1;
  bool processor_affinity = false;
  bool run_serial = false;
  bool disabled = false;
  bool will_fail = false;
  std::optional<int> skip_return_code;
  std::vector<std::string> pass_regular_expression; ///< CMake dialect, any may match
  std::vector<std::string> fail_regular_expression;
  std::vector<std::string> skip_regular_expression;
  std::vector<std::string> resource_locks;
  std::vector<std::vector<ResourceRequirement>> resource_groups;
  std::vector<std::string> depends; ///< test names
  std::vector<std::string> fixtures_setup;
  std::vector<std::string> fixtures_required;
  std::vector<std::string> fixtures_cleanup;
  std::vector<std::string> required_files;
  std::vector<std::string> labels;
  double cost = 0;
  /// Everything else, in file order: passed through for those who read it (IDEs, later versions).
  std::vector<std::pair<std::string, std::string>> others;

  auto operator<=>(const TestProperties&) const = default;
};

/// Whether a test is what its author wrote or stands in for what a target would discover once
/// built.
enum class TestOrigin { declared, not_built_placeholder };

struct TestDescription {
  TestKey key;
  std::vector<std::string> command; ///< as in the CTest file; empty when the test has none
  Shared<TestProperties> properties;
  StatedResources stated;
  TestOrigin origin = TestOrigin::declared;
  std::string defined_at; ///< "file:line" of its add_test, graph path; "" if not known

  bool operator==(const TestDescription&) const = default;
};

/// Tests with the properties of the test before them have them in common from now on.
void share_properties(std::span<TestDescription> tests);

} // namespace winnow
