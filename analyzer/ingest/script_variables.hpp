// What the variables of CMake scripts may stand for, without running the scripts.
#pragma once

#include "analyzer/ingest/cmake_script.hpp"
#include "analyzer/model/roots.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// Every variable stands for all texts that set(), list(APPEND), foreach() and calls of functions
/// of the scripts give it anywhere; for any text as soon as another command is handed its name, or
/// none gives it a value.
class ScriptVariables {
 public:
  /// `roots` must outlive this.
  explicit ScriptVariables(const Roots& roots) : roots_(roots) {}

  /// Of all scripts, before any learn().
  void define_functions(const std::vector<CMakeCommand>& commands);
  void learn(const std::string& script, const std::vector<CMakeCommand>& commands);

  /// The patterns of graph paths that `path`, as written in `script`, may mean; `*` stands for any
  /// characters. What lies in the build tree or outside of the project is left out.
  [[nodiscard]] std::vector<std::string> patterns(const std::string& script,
                                                  const std::string& path) const;

 private:
  /// A text and where it was written: relative paths and CMAKE_CURRENT_LIST_DIR depend on that.
  struct Value {
    std::string script;
    std::string text;

    auto operator<=>(const Value&) const = default;
  };

  void give(const std::string& variable, const std::string& script, const CMakeCommand& command,
            std::size_t first);
  void learn_loop(const std::string& script, const CMakeCommand& command);
  void learn_call(const std::string& script, const CMakeCommand& command);
  [[nodiscard]] std::vector<std::string> expanded(const Value& value, int depth) const;
  [[nodiscard]] std::vector<std::string> values_of(const std::string& variable,
                                                   const std::string& script, int depth) const;

  const Roots& roots_;
  std::map<std::string, std::vector<std::string>> parameters_; ///< by function, lower case
  std::map<std::string, std::set<Value>> values_;
  std::set<std::string> known_to_others_; ///< words handed to commands that may set them
};

} // namespace winnow::ingest
