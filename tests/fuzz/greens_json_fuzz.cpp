// Fuzzes the passes that a daemon tells: those that are read are written and read again the same.
#include "analyzer/report/greens_json.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <cstdlib>

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto greens = report::greens_from_json(tests::text_of(data, size));
  if (greens) {
    const auto again = report::greens_from_json(report::greens_to_json(*greens));
    if (!again || *again != *greens) {
      std::abort();
    }
  }
  return 0;
}
