// Parts of a project: each directory that defines tests, with what lies below it.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/settings.hpp"
#include "analyzer/select/meant_tests.hpp"

#include <algorithm>
#include <compare>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::select {

/// Whether the edges of a test are known to be all its inputs.
enum class Closure {
  closed, ///< its inputs are declared
  opaque  ///< it may read what no edge tells
};

/// A test is closed where winnow_test_inputs() declares what it reads, not only its TARGETS;
/// winnow.json may say otherwise. Without settings only the graph counts. By test.
std::vector<Closure> closures_of(const Graph& graph, const Settings* settings,
                                 const TestLabels* labels);

/// The directory that defines the test, "" for the root.
std::string_view part_of(const Graph& graph, TestId test);

class Parts {
 public:
  Parts(const Graph& graph, const Settings* settings, const TestLabels* labels);

  /// All opaque tests, in the graph's order.
  [[nodiscard]] std::span<const TestId> opaque_tests() const { return opaque_; }

  [[nodiscard]] bool is_opaque(TestId test) const
  {
    return std::ranges::binary_search(opaque_, test);
  }

  /// The nearest directory at or above `path`'s own that defines tests, "" for the root; nothing if
  /// there is none. Files outside the source tree belong to no part.
  [[nodiscard]] std::optional<std::string_view> part_around(std::string_view path) const;

  /// The opaque tests of the nearest directory at or above `path`'s own that defines tests; nothing
  /// if there is none. Files outside the source tree belong to no part.
  [[nodiscard]] std::optional<std::span<const TestId>>
  opaque_tests_around(std::string_view path) const;

  /// The opaque tests of the part that `target` is defined in, of all parts where it is in none:
  /// they may load what it makes.
  [[nodiscard]] std::span<const TestId> opaque_tests_around(const Graph& graph,
                                                            TargetId target) const;

  /// The parts that a file is in, and that what is made of it in the build tree would be in if it
  /// lay in the same place among the sources.
  struct OfCopy {
    std::optional<std::string_view> file;
    std::optional<std::string_view> copy;

    auto operator<=>(const OfCopy&) const = default;
  };

  [[nodiscard]] OfCopy parts_of_copy(std::string_view file, std::string_view copy) const;
  /// The opaque tests of both; of all parts where there is neither. Ordered by id.
  [[nodiscard]] std::vector<TestId> opaque_tests_around(const OfCopy& parts) const;

 private:
  std::vector<TestId> opaque_;
  std::map<std::string, std::vector<TestId>, std::less<>> opaque_by_directory_; ///< "" is the root
};

} // namespace winnow::select
