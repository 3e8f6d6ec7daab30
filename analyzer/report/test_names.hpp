// The names by which tests are listed for scripts.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/test_description.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace winnow::report {

/// How entries of a list end: `-0` asks for NUL, which no name contains.
enum class Separator : char { line = '\n', nul = '\0' };

/// Knows all tests of a project, so that a name does not change with what else is selected.
/// Whatever it is told of must outlive it.
class TestNames {
 public:
  explicit TestNames(const Graph& graph);
  explicit TestNames(std::span<const TestDescription> tests);

  /// One more test of the project.
  void add(const TestKey& key);

  /// The bare name, or `directory/name` where the name repeats; bytes as they are.
  [[nodiscard]] std::string of(const TestKey& key) const;

  /// Whether several tests have that name.
  [[nodiscard]] bool repeats(std::string_view name) const;

 private:
  boost::unordered_flat_map<std::string_view, std::uint32_t, std::hash<std::string_view>> count_;
};

/// Appends one entry with its end.
void append_entry(std::string& list, std::string_view entry, Separator separator);

} // namespace winnow::report
