// Chooses tests by name, regular expression and label, and adds the fixtures they need.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/test_description.hpp"

#include <string>
#include <vector>

namespace winnow::client {

/// As ctest has them: of each option every expression must hold.
struct TestFilters {
  std::vector<std::string> names;         ///< exact: name or directory/name; empty means all
  std::vector<std::string> include;       ///< -R
  std::vector<std::string> exclude;       ///< -E
  std::vector<std::string> label_include; ///< -L
  std::vector<std::string> label_exclude; ///< -LE

  [[nodiscard]] bool any() const;
};

/// Indices of the tests the filters let through, ascending. A user error: an expression that is
/// none.
Result<std::vector<std::size_t>> filtered(const std::vector<TestDescription>& tests,
                                          const TestFilters& filters);

/// The given tests with the setups and cleanups of the fixtures they require, transitively;
/// ascending. Disabled tests ask for nothing.
std::vector<std::size_t> with_fixtures(const std::vector<TestDescription>& tests,
                                       const std::vector<std::size_t>& chosen);

} // namespace winnow::client
