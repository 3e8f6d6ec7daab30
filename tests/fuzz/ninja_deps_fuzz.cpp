// Fuzzes .ninja_deps.
#include "analyzer/ingest/ninja_deps.hpp"
#include "tests/fuzz/fuzz_input.hpp"

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto deps =
      ingest::parse_ninja_deps(std::string(tests::text_of(data, size)), ".ninja_deps");
  if (deps) {
    std::size_t length = 0; // every number has to name a path
    for (const ingest::NinjaDepsRecord& record : deps->records) {
      length += deps->paths.at(record.output).size();
      for (const std::uint32_t input : record.inputs) {
        length += deps->paths.at(input).size();
      }
    }
    (void)length;
  }
  return 0;
}
