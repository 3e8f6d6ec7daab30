// Fuzzes results that are carried between machines: what is read can be merged, and read again.
#include "analyzer/report/merge_html.hpp"
#include "analyzer/report/results_json.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <cstdlib>

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto results = report::results_from_json(tests::text_of(data, size));
  if (results) {
    MergedResults merged;
    merged.attempts = results->attempts;
    merged.project = results->run.project;
    const std::string written = report::merged_results_to_json(merged);
    if (!report::results_from_json(written) || report::merge_to_html(merged).empty()) {
      std::abort();
    }
  }
  return 0;
}
