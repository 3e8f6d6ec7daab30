// Fuzzes CTestTestfile.cmake and a file it may include.
#include "analyzer/ingest/ctest_files.hpp"
#include "tests/fuzz/fuzz_input.hpp"

using namespace winnow;

/// What follows a line "%%" is the file `more.cmake`, and that of the subdirectory `sub`.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  static const tests::FuzzDirectory directory;
  const auto [first, more] = tests::cut(tests::text_of(data, size), "\n%%\n");
  directory.write("CTestTestfile.cmake", first);
  directory.write("more.cmake", more);
  directory.write("sub/CTestTestfile.cmake", more);
  (void)ingest::read_ctest_files({directory.path(), directory.path()}, "Debug");
  return 0;
}
