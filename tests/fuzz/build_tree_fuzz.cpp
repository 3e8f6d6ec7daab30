// Fuzzes CMakeCache.txt.
#include "analyzer/ingest/build_tree.hpp"
#include "tests/fuzz/fuzz_input.hpp"

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  static const tests::FuzzDirectory directory;
  directory.write("build.ninja", "");
  directory.write("CMakeCache.txt", tests::text_of(data, size));
  (void)ingest::open_build_tree(directory.path());
  return 0;
}
