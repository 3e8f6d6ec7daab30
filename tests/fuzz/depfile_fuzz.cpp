// Fuzzes depfiles.
#include "analyzer/ingest/depfile.hpp"
#include "tests/fuzz/fuzz_input.hpp"

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  (void)ingest::parse_depfile(tests::text_of(data, size), "a.d");
  return 0;
}
