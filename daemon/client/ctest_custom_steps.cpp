// As ctest 3.25 does.
#include "daemon/client/ctest_custom_steps.hpp"

#include "daemon/client/ctest_commands.hpp"

#include <fmt/format.h>

#include <optional>

namespace winnow::client {

Printed custom_complaints(const ingest::CTestCustom& custom)
{
  std::string text;
  if (!custom.problem.empty()) {
    for (const std::string& file : custom.files) {
      text += fmt::format("Problem reading custom configuration: {}\n", file);
    }
  }
  if (!custom.bad_truncation.empty()) {
    const std::string line = fmt::format(
        "Invalid value for CTEST_CUSTOM_TEST_OUTPUT_TRUNCATION: {}\n", custom.bad_truncation);
    text += line + line; // once for each of ctest's handlers that reads it
  }
  return for_error(text);
}

bool is_refused(const ingest::CTestCustom& custom, const CTestOptions& options)
{
  return !custom.problem.empty() || (!custom.bad_truncation.empty() && !says_nothing(options));
}

bool run_custom_commands(const std::vector<std::string>& lines, std::string_view when,
                         const CTestTree& tree, const CTestOptions& options, CTestConsole& console)
{
  const bool verbose = options.verbosity == CTestVerbosity::verbose;
  const std::optional<std::string> failed =
      run_ctest_commands({lines, tree.build_dir, [&](const std::string& line) {
                            if (verbose) {
                              console.print(for_output(fmt::format("Run command: {}\n", line)));
                            }
                          }});
  if (failed) {
    console.print(for_error(fmt::format(
        "Problem running command: {}\nProblem executing {} command(s).\n", *failed, when)));
  }
  return !failed;
}

} // namespace winnow::client
