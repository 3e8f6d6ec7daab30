// Fuzzes matrices of Azure Pipelines that plans are put into.
#include "analyzer/report/ci_matrix.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <cstdlib>

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto rows = report::azure_rows(tests::text_of(data, size), "rows.json");
  if (rows) {
    report::CiMatrix matrix;
    matrix.jobs = {{0, "chunk 0", 1, 1.0}};
    const auto written = report::azure_matrix(matrix, *rows);
    if (written && !report::azure_rows(*written, "written")) {
      std::abort();
    }
  }
  return 0;
}
