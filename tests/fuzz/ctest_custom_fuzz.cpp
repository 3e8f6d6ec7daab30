// Fuzzes CTestCustom.cmake, a file it may include, and what CMake records of them.
#include "analyzer/ingest/ctest_custom.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <cstdlib>

using namespace winnow;

/// Lines "%%" stand between CTestCustom.cmake, more.cmake and the recording.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  static const tests::FuzzDirectory directory;
  const auto [first, rest] = tests::cut(tests::text_of(data, size), "\n%%\n");
  const auto [more, recording] = tests::cut(rest, "\n%%\n");
  const std::string file = directory.write("CTestCustom.cmake", first);
  directory.write("more.cmake", more);
  (void)ingest::definitions_in(file);
  const auto evaluator = [&](const ingest::CMakeEvaluation&) -> Result<std::string> {
    return std::string(recording);
  };
  const ingest::CTestCustom custom = ingest::read_ctest_custom(directory.path(), evaluator);
  if (!custom.problem.empty() && !(custom.ignored_tests.empty() && custom.before_tests.empty())) {
    std::abort();
  }
  if (ingest::read_ctest_custom(directory.path(), {}).unevaluated != custom.by_cmake) {
    std::abort();
  }
  return 0;
}
