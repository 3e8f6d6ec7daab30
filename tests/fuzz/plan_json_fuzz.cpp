// Fuzzes saved plans: one that is read is written and read again the same.
#include "analyzer/report/plan_json.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <cstdlib>

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto plan = report::plan_from_json(tests::text_of(data, size));
  if (plan) {
    const std::string written = report::plan_to_json(*plan);
    const auto again = report::plan_from_json(written);
    if (!again || report::plan_to_json(*again) != written) {
      std::abort();
    }
  }
  return 0;
}
