// As ctest 3.25 prints them.
#include "daemon/client/ctest_frame.hpp"

#include <fmt/format.h>

#include <string>

namespace winnow::client {

Printed ctest_opening(const CTestTree& tree, const CTestOptions& options)
{
  const std::string& start = tree.start_dir.empty() ? tree.build_dir : tree.start_dir;
  std::string text;
  if (tree.entered) {
    text += fmt::format("Internal ctest changing into directory: {}\n", start);
  }
  if (options.verbosity == CTestVerbosity::verbose) { // read twice, whether or not there is one
    constexpr const char* line = "UpdateCTestConfiguration  from :{}/DartConfiguration.tcl\n";
    text += fmt::format(line, start);
    text += tree.customized ? " Add coverage exclude regular expressions.\n" : "";
    text += fmt::format(line, tree.build_dir);
  }
  return for_output(text + fmt::format("Test project {}\n", tree.build_dir));
}

Printed ctest_failure(const CTestTree& tree, const CTestOptions& options)
{
  std::string text = "Errors while running CTest\n";
  if (!options.output_on_failure) {
    text += fmt::format(
        "Output from these tests are in: {}/Testing/Temporary/LastTest.log\n"
        "Use \"--rerun-failed --output-on-failure\" to re-run the failed cases verbosely.\n",
        tree.build_dir);
  }
  return for_error(text);
}

} // namespace winnow::client
