// Runs helper programs (ninja, cmake) for a verb, their output passed through.
#pragma once

#include "analyzer/model/error.hpp"

#include <string>
#include <utility>
#include <vector>

namespace winnow::client {

/// The path of another of Winnow's programs, which lie in one directory; "" if it is not there.
std::string program_beside(const char* name);

/// Variables set for a program, beside the environment of this process.
using Variables = std::vector<std::pair<std::string, std::string>>;

/// Runs `command` with standard output sent to standard error; its exit status (128 + n for signal
/// n). An environment error when it cannot be started.
Result<int> run_program(const std::vector<std::string>& command, const Variables& variables = {});

/// Where a program's standard output goes.
enum class ProgramOutput { to_output, to_errors };

/// Runs `command` in `directory`; its exit status. An environment error when it cannot be started.
Result<int> run_program_in(const std::string& directory, const std::vector<std::string>& command,
                           ProgramOutput output);

/// As run_program(), with both outputs appended to the file `log`.
Result<int> run_program_into(const std::string& log, const std::vector<std::string>& command);

/// What a program wrote, without a newline at the end, and its exit status.
struct ProgramTexts {
  int status = 0;
  std::string out;
  std::string errors;
};

/// An environment error when `command` cannot be started.
Result<ProgramTexts> program_texts(const std::vector<std::string>& command);

/// What `command` writes to standard output, without a newline at the end. An environment error
/// when it cannot be started or fails.
Result<std::string> program_output(const std::vector<std::string>& command);

} // namespace winnow::client
