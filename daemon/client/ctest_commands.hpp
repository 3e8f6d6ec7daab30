// The commands that CTestCustom has run before and after the tests.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::client {

/// The words of a command line as ctest takes it apart, which is not how a shell does: a quote
/// counts at the beginning of a word only, and nothing is escaped inside quotes.
std::vector<std::string> ctest_words(std::string_view command_line);

struct CTestCommands {
  std::vector<std::string> lines;
  std::string directory; ///< where they run
  /// Asked to show "Run command: …" before each.
  std::function<void(const std::string&)> announce;
};

/// Runs them in turn, their output and errors on standard output, until one fails. That one;
/// nothing if none does. Why, where it is no exit code, is said on standard error as ctest says it.
std::optional<std::string> run_ctest_commands(const CTestCommands& commands);

} // namespace winnow::client
