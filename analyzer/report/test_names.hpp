// The names by which tests are listed for scripts.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/test_description.hpp"

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace winnow::report {

/// How entries of a list end: `-0` asks for NUL, which no name contains.
enum class Separator : char { line = '\n', nul = '\0' };

/// Knows all tests of a project, so that a name does not change with what else is selected.
class TestNames {
 public:
  explicit TestNames(const Graph& graph);
  explicit TestNames(std::span<const TestDescription> tests);

  /// One more test of the project.
  void add(const TestKey& key);

  /// The bare name, or `directory/name` where the name repeats; bytes as they are.
  [[nodiscard]] std::string of(const TestKey& key) const;

 private:
  std::unordered_map<std::string, std::size_t> count_;
};

/// Appends one entry with its end.
void append_entry(std::string& list, std::string_view entry, Separator separator);

} // namespace winnow::report
