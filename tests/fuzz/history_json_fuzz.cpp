// Fuzzes the history a daemon tells: one that is read is written and read again the same.
#include "analyzer/report/history_json.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <cstdlib>

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto history = report::history_from_json(tests::text_of(data, size));
  if (history) {
    const std::string written = report::history_to_json(*history);
    const auto again = report::history_from_json(written);
    if (!again || report::history_to_json(*again) != written) {
      std::abort();
    }
  }
  return 0;
}
