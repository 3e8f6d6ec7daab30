// Fuzzes what the CMake module exported.
#include "analyzer/ingest/export_file.hpp"
#include "tests/fuzz/fuzz_input.hpp"

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  static const tests::FuzzDirectory directory;
  (void)ingest::read_export(directory.write("export.json", tests::text_of(data, size)));
  return 0;
}
