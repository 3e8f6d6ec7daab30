// Fuzzes the kept listing of a commit, behind its checksum: it is made right, so that all else is
// read.
#include "analyzer/change/kept_commit.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <xxhash.h>

#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

using namespace winnow;

/// The input is what follows the checksum.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  constexpr std::string_view magic = "WNWFILE1";
  const std::uint64_t checksum = XXH3_64bits(data, size);
  const auto bytes = std::make_shared<std::vector<char>>(magic.begin(), magic.end());
  const char* const sum = reinterpret_cast<const char*>(&checksum);
  bytes->insert(bytes->end(), sum, sum + sizeof checksum);
  bytes->insert(bytes->end(), data, data + size);
  const Roots roots{"/s", "/b", {}, {}};
  const auto known = change::kept_commit_from({bytes->data(), bytes->size()}, bytes, roots);
  if (known) {
    (void)known->state.files.find("a");
    (void)known->state.files.size();
    (void)known->state.submodules.find("b");
  }
  return 0;
}
