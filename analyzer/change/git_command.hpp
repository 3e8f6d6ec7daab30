// Runs git and collects what it prints.
#pragma once

#include "analyzer/model/error.hpp"

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::change {

struct GitOutput {
  int exit_code = 0;
  std::string out; ///< standard output, bytes
  std::string err; ///< standard error, without the trailing newline
};

/// Runs `git -C directory arguments…`. The repository is the one `directory` lies in, whatever the
/// GIT_* variables of a surrounding hook say; messages are untranslated, no lock is taken for
/// refreshing the index, nothing is paged or asked. An environment error when git cannot be
/// started; an exit code other than 0 is for the caller to judge.
Result<GitOutput> run_git(std::string_view directory, const std::vector<std::string>& arguments);

/// The same for commands that do not depend on each other, at the same time; answers in their
/// order.
std::vector<Result<GitOutput>> run_git_together(std::string_view directory,
                                                std::span<const std::vector<std::string>> commands);

/// Each answer as soon as it and those before it are there, with the index of its command. The last
/// is started first: let it be the one that takes longest.
using UseAnswer = std::function<void(std::size_t, Result<GitOutput>)>;
void run_git_together(std::string_view directory,
                      std::span<const std::vector<std::string>> commands, const UseAnswer& use);

/// The output of a git command that has no reason to fail: otherwise an environment error with what
/// git said.
Result<std::string> git_output(std::string_view directory,
                               const std::vector<std::string>& arguments);

/// What git_output() makes of an answer.
Result<std::string> expected_output(std::string_view directory,
                                    const std::vector<std::string>& arguments,
                                    Result<GitOutput> answer);

/// The parts of NUL-separated output; a missing last separator is tolerated.
std::vector<std::string_view> split_at_nul(std::string_view output);

/// `text` without one newline at its end.
std::string_view without_newline(std::string_view text);

} // namespace winnow::change
