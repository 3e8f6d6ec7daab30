// Evaluates plain CMake scripts directly: conditions, variables and includes.
#pragma once

#include "analyzer/ingest/cmake_script.hpp"
#include "analyzer/ingest/cmake_variables.hpp"
#include "analyzer/model/error.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// Knows if(), set(), unset(), list(APPEND), include() and messages that ctest does not show;
/// whoever derives from it knows more. What needs more of CMake than that is a problem, at which it
/// stops: nothing is ever guessed.
///
/// Variables are those that ctest predefines. A name that begins with CMAKE_ and is not among them
/// counts as unknown, not as empty.
class CMakeInterpreter {
 public:
  virtual ~CMakeInterpreter() = default;

 protected:
  using Arguments = std::vector<EvaluatedArgument>;

  /// What is relative is relative to `directory`.
  explicit CMakeInterpreter(std::string directory);
  CMakeInterpreter(const CMakeInterpreter&) = default;
  CMakeInterpreter& operator=(const CMakeInterpreter&) = default;

  /// A regular file, links followed.
  static bool is_file(const std::string& path);

  /// Stops at the first problem.
  void evaluate_file(const std::string& file);

  /// A command beyond those above; false if it is not known, or not in this use.
  virtual bool execute(const CMakeCommand& command, const Arguments& arguments,
                       const std::string& file) = 0;

  /// Before anything of the file is evaluated.
  virtual void begin_file(const std::string& /*file*/, std::string_view /*text*/) {}

  /// A file was asked for and is not there.
  virtual void missed(const std::string& /*path*/) {}

  /// Whether what begins with this command was dealt with, to the end of the file.
  virtual bool takes_rest(const std::vector<CMakeCommand>& /*commands*/, std::size_t /*at*/,
                          const std::string& /*file*/)
  {
    return false;
  }

  void execute_any(const CMakeCommand& command, const std::string& file);

  CMakeVariables variables_;
  std::string directory_;
  std::optional<Error> problem_;

 private:
  /// A branch of an if() that is open: whether its commands count, and whether any branch did yet.
  struct Branch {
    bool active;
    bool any_taken;
    bool parent_active;
  };

  void evaluate_commands(const std::vector<CMakeCommand>& commands, const std::string& file);
  bool flow(const CMakeCommand& command, const std::string& file, std::vector<Branch>& branches);
  bool condition(const CMakeCommand& command, const std::string& file);
  void note_files_asked_for(const Arguments& arguments);
  bool execute_own(const CMakeCommand& command, const Arguments& arguments,
                   const std::string& file);
  void include(const Arguments& arguments, const CMakeCommand& command, const std::string& file);
  void set_current_file(const std::string& file);
  void fail(const CMakeCommand& command, const std::string& file, std::string_view what);

  int depth_ = 0;
};

} // namespace winnow::ingest
