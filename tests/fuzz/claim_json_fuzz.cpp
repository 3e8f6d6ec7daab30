// Fuzzes claims of chunks, which other machines wrote: one that is read is written and read again.
#include "analyzer/report/claim_json.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <cstdlib>

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto claim = report::claim_from_json(tests::text_of(data, size));
  if (claim) {
    const auto again = report::claim_from_json(report::claim_to_json(*claim));
    if (!again || again->owner != claim->owner || again->chunk != claim->chunk) {
      std::abort();
    }
  }
  return 0;
}
