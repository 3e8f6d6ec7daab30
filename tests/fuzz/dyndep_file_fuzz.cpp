// Fuzzes dyndep files, the documents of module scans, and the include lines of Fortran.
#include "analyzer/ingest/dyndep_file.hpp"
#include "analyzer/ingest/fortran_includes.hpp"
#include "analyzer/ingest/module_scan.hpp"
#include "tests/fuzz/fuzz_input.hpp"

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view text = tests::text_of(data, size);
  (void)ingest::parse_dyndep(text, "a.dd");
  (void)ingest::parse_module_scan(text, "a.ddi");
  (void)ingest::fortran_includes_in(text);
  return 0;
}
