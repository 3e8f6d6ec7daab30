// Fuzzes .ninja_log.
#include "analyzer/ingest/ninja_log.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <cstdlib>

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto log = ingest::parse_ninja_log(tests::text_of(data, size), ".ninja_log");
  if (log) {
    for (const auto& [output, entry] : *log) {
      if (output.empty() || entry.duration_ms < 0) {
        std::abort();
      }
    }
  }
  return 0;
}
