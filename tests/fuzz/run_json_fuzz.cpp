// Fuzzes what clients and daemon tell each other.
#include "analyzer/report/run_json.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <algorithm>
#include <cstdlib>

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view text = tests::text_of(data, size);
  if (const auto request = report::run_request_from_json(std::string(text))) {
    for (const RequestedTest& test : request->tests) {
      if (test.chunk >= std::max(request->chunk_names.size(), request->tests.size())) {
        std::abort(); // it is an index into the run's chunks
      }
    }
  }
  (void)report::tested_state_from_json(text);
  (void)report::run_event_from_json(text);
  (void)report::run_summary_from_json(text);
  (void)report::run_summaries_from_json(text);
  return 0;
}
