// Fuzzes the index of includes, behind its checksum: it is made right, so that all else is read.
#include "analyzer/ingest/include_index.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <xxhash.h>

#include <cstring>
#include <string>

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::uint64_t checksum = XXH3_64bits(data, size);
  std::string bytes("WINNOWI\3");
  bytes.append(reinterpret_cast<const char*>(&checksum), sizeof checksum);
  bytes += tests::text_of(data, size);
  ingest::IncludeIndex index = ingest::IncludeIndex::from_bytes(bytes);
  (void)index.find("a.h", hash_content("a"));
  (void)index.bytes();
  return 0;
}
