// Fuzzes the note of contents outside, behind its checksum: it is made right, so that all is read.
#include "analyzer/model/outside_contents.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <xxhash.h>

#include <string>

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::uint64_t checksum = XXH3_64bits(data, size);
  std::string bytes("WINNOWO\1");
  bytes.append(reinterpret_cast<const char*>(&checksum), sizeof checksum);
  bytes += tests::text_of(data, size);
  OutsideContents contents = OutsideContents::from_bytes(bytes);
  (void)contents.content("/no/such/file");
  (void)contents.bytes();
  return 0;
}
