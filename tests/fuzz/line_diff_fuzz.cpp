// Fuzzes what git prints of changed lines.
#include "analyzer/change/changed_lines.hpp"
#include "tests/fuzz/fuzz_input.hpp"

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  (void)change::read_line_diff(tests::text_of(data, size));
  return 0;
}
