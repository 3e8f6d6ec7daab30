// Chooses tests by name, regular expression and label, and adds the fixtures they need: for every
// verb that takes filters.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/test_description.hpp"

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::client {

/// Expressions in CMake's dialect, as ctest has them: of each option every one must hold, so that
/// a further -R keeps fewer tests and a further -E or -LE excludes fewer.
struct TestFilters {
  std::vector<std::string> names;         ///< exact: name or directory/name; empty means all
  std::vector<std::string> include;       ///< -R: of the name
  std::vector<std::string> exclude;       ///< -E: out if each matches the name
  std::vector<std::string> label_include; ///< -L: each must match some label
  std::vector<std::string> label_exclude; ///< -LE: out if each matches some label

  [[nodiscard]] bool any() const;
};

/// Indices of the tests the filters let through, ascending. A user error: an expression that is
/// none.
Result<std::vector<std::size_t>> filtered(std::span<const TestDescription> tests,
                                          const TestFilters& filters);

/// The first of the filters' names that no test has, "" if there is none.
std::string name_of_no_test(std::span<const TestDescription> tests, const TestFilters& filters);

enum class Companion { setup, cleanup };

/// Whether the companions of a fixture are wanted; unset, all are.
using WantedCompanions = std::function<bool(std::string_view fixture, Companion companion)>;

struct AddedCompanion {
  std::size_t test = 0;
  Companion companion = Companion::setup;
  std::string fixture;
};

/// The setups and cleanups of the fixtures that the chosen tests require, transitively, as far as
/// they are wanted, among the candidates (ascending) and not chosen themselves; in the order in
/// which ctest comes to them. Disabled tests ask for nothing.
std::vector<AddedCompanion> missing_companions(std::span<const TestDescription> tests,
                                               std::span<const std::size_t> chosen,
                                               std::span<const std::size_t> candidates,
                                               const WantedCompanions& wanted);
/// The chosen tests with all setups and cleanups; ascending.
std::vector<std::size_t> with_fixtures(std::span<const TestDescription> tests,
                                       std::span<const std::size_t> chosen);

} // namespace winnow::client
