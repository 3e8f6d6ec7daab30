// What CMake did with scripts that it alone can evaluate, and how it is made to tell.
#pragma once

#include "analyzer/ingest/cmake_variables.hpp"
#include "analyzer/model/error.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// Scripts to be evaluated one after the other, and what they can rely on.
struct CMakeEvaluation {
  std::vector<std::string> files;               ///< absolute
  std::string directory;                        ///< where they run
  std::map<std::string, std::string> variables; ///< set before
  std::string definitions; ///< CMake code: the functions and macros of scripts before them
};

struct RecordedCall {
  std::string name;
  std::vector<std::string> arguments; ///< as the command got them
};

struct CMakeRecording {
  /// add_test() and the others that CTest files consist of; they have no effect of their own.
  std::vector<RecordedCall> calls;
  std::map<std::string, std::string> before; ///< the variables, as the scripts found them
  std::map<std::string, std::string> after;
};

/// Has CMake run the script of recording_script() and gives what it wrote. An error when CMake
/// cannot be run, or fails, or a script fails, which it said on standard error.
using CMakeEvaluator = std::function<Result<std::string>(const CMakeEvaluation&)>;

/// The script to be run with `cmake -P` in the directory of the evaluation: it includes the files
/// and writes `output`, for parse_recording(). Needs CMake 3.18.
///
/// Variables are those of ctest, as far as a script can tell: `cmake -P` has some that ctest has
/// not.
std::string recording_script(const CMakeEvaluation& evaluation, const std::string& output);

/// A data error for what no such script wrote.
Result<CMakeRecording> parse_recording(std::string_view text);

/// The functions and macros that a script and what it includes define, as CMake code, also those
/// that a condition keeps from being defined. Includes with a variable in them are not followed.
std::string definitions_in(const std::string& file);

/// Whether a variable says where the script is that is being evaluated: of no meaning elsewhere.
bool is_place_of_script(const std::string& variable);

/// Lets the variables be what the evaluation has made of them.
void apply_changes(const CMakeRecording& recording, CMakeVariables& variables);

} // namespace winnow::ingest
