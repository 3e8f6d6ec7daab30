// Variables of a CMake script, and arguments with their references resolved.
#pragma once

#include "analyzer/ingest/cmake_script.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::ingest {

/// An argument after its references were resolved; only unquoted ones can name a variable in a
/// condition.
struct EvaluatedArgument {
  std::string text;
  bool quoted = false;
};

/// Variables of the environment, by name; without a value where they are to be unset.
using EnvironmentChanges = std::map<std::string, std::optional<std::string>>;

class CMakeVariables {
 public:
  void set(std::string name, std::string value);
  void unset(const std::string& name);
  [[nodiscard]] const std::string* find(const std::string& name) const;
  /// Whether CMake itself may have set it, for all that is known here.
  [[nodiscard]] bool is_unknown(const std::string& name) const;

  [[nodiscard]] const std::unordered_map<std::string, std::string>& values() const
  {
    return values_;
  }

  /// What was set as ENV{NAME}; those without a value were unset.
  [[nodiscard]] const EnvironmentChanges& environment() const { return environment_; }

  /// All arguments of a command: references replaced (a variable nobody set is empty), unquoted
  /// ones split as lists. Nothing if one holds a reference beyond `${NAME}`, or to a variable that
  /// is not known, varies with the version of CMake, or becomes longer than a mebibyte.
  [[nodiscard]] std::optional<std::vector<EvaluatedArgument>>
  evaluate(const std::vector<CMakeArgument>& arguments) const;

 private:
  [[nodiscard]] std::optional<std::string> resolve(const CMakeArgument& argument) const;

  std::unordered_map<std::string, std::string> values_;
  EnvironmentChanges environment_;
};

} // namespace winnow::ingest
