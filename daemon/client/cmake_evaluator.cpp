// A scratch directory with a script, and the file that the script writes.
#include "daemon/client/cmake_evaluator.hpp"

#include "daemon/client/discover_cases.hpp"
#include "daemon/client/whole_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <stdlib.h> // mkdtemp()

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

/// Removed when it goes out of scope.
class ScratchDirectory {
 public:
  ScratchDirectory()
  {
    std::error_code ignored;
    path_ = fs::temp_directory_path(ignored).string() + "/winnow-evaluate-XXXXXX";
    made_ = ::mkdtemp(path_.data()) != nullptr;
  }

  ~ScratchDirectory()
  {
    std::error_code ignored;
    if (made_) {
      fs::remove_all(path_, ignored);
    }
  }

  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  [[nodiscard]] bool is_made() const { return made_; }

  [[nodiscard]] std::string file(const char* name) const { return path_ + "/" + name; }

 private:
  std::string path_;
  bool made_ = false;
};

Result<std::string> evaluate(const std::string& cmake_command, ProgramOutput output,
                             const ingest::CMakeEvaluation& evaluation)
{
  const ScratchDirectory scratch;
  const std::string script = scratch.file("script.cmake");
  const std::string result = scratch.file("result");
  std::ofstream text(script, std::ios::binary);
  text << ingest::recording_script(evaluation, result);
  text.close();
  if (!scratch.is_made() || !text) {
    return environment_error(
        "no script can be written; is the temporary directory writable and has it room?");
  }
  // At this level CMake shows the messages that ctest does.
  const std::vector<std::string> command{cmake_command, "--log-level=NOTICE", "-P", script};
  const Result<int> status = run_program_in(evaluation.directory, command, output);
  if (status.has_error()) {
    return status.error();
  }
  std::ifstream written(result, std::ios::binary);
  if (*status != 0 || !written) {
    return step_error(fmt::format("CMake could not evaluate {}, which `cmake -P` was run for; see "
                                  "above",
                                  fmt::join(evaluation.files, ", ")));
  }
  return std::string(std::istreambuf_iterator<char>(written), {});
}

std::string evaluation_file(const ingest::BuildTree& tree)
{
  return tree.roots.build + "/.winnow/evaluated_tests";
}

std::string evaluation_line(const std::string& build_stamp, std::uint64_t evaluated)
{
  return fmt::format("{} {:016x}", build_stamp, evaluated);
}

} // namespace

ingest::CMakeEvaluator cmake_evaluator(std::string cmake_command, ProgramOutput output)
{
  return [command = std::move(cmake_command), output](const ingest::CMakeEvaluation& evaluation) {
    return evaluate(command, output, evaluation);
  };
}

Result<ingest::TestListing> evaluated_tests(const ingest::BuildTree& tree,
                                            const ingest::Export& exported)
{
  Result<ingest::TestListing> listing = ingest::read_tests(tree, exported);
  if (listing && (!listing->undiscovered.empty() || !listing->unevaluated.empty())) {
    discover_cases(tree.cmake_command, tree.test_configuration, listing->undiscovered);
    listing = ingest::read_tests(tree, exported,
                                 cmake_evaluator(tree.cmake_command, ProgramOutput::to_errors));
  }
  return listing;
}

void keep_evaluation(const ingest::BuildTree& tree, const std::string& build_stamp,
                     std::uint64_t evaluated)
{
  std::error_code ignored;
  if (evaluated == 0) {
    fs::remove(evaluation_file(tree), ignored);
    return;
  }
  if (const std::string fault =
          write_whole_file(evaluation_file(tree), evaluation_line(build_stamp, evaluated));
      !fault.empty()) {
    fmt::print(stderr, "winnow: cannot write {}: {}\n", evaluation_file(tree), fault);
  }
}

bool evaluates_as_kept(const ingest::BuildTree& tree, const std::string& build_stamp)
{
  std::ifstream kept(evaluation_file(tree));
  std::string line;
  if (!kept || !std::getline(kept, line)) {
    return true;
  }
  const Result<ingest::Export> exported = ingest::read_export_of(tree);
  const Result<ingest::TestListing> listing =
      exported ? evaluated_tests(tree, *exported) : Result<ingest::TestListing>(exported.error());
  return listing && line == evaluation_line(build_stamp, listing->evaluated);
}

} // namespace winnow::client
