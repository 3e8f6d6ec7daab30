// Fuzzes the files of /proc that are read of every process: nothing, or values that can be used.
#include "daemon/execute/memory_pressure.hpp"
#include "daemon/execute/proc_files.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <cmath>

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view text = tests::text_of(data, size);
  (void)execute::parse_process_stat(text);
  (void)execute::parse_run_delay(text);
  (void)execute::bytes_of_key(text, "MemAvailable");
  const auto pages = execute::parse_statm(text);
  if (pages && pages->files > pages->all) {
    std::abort();
  }
  const auto pressure = execute::parse_pressure(text);
  if (pressure && pressure->some && !std::isfinite(pressure->some->avg10)) {
    std::abort();
  }
  return 0;
}
