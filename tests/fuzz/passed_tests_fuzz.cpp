// Fuzzes the passes of --out-of-date, behind version and checksum, which are made right: those that
// are read are written and read again the same.
#include "daemon/client/passed_tests.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <cstdlib>

using namespace winnow;

/// The input is what stands between the first line and the last.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  (void)client::parse_passed_tests(tests::text_of(data, size));
  const std::string text = "winnow.ctest-passed 1\n" + std::string(tests::text_of(data, size));
  const auto tests =
      client::parse_passed_tests(text + "end\t" + client::digest_of(text).hex() + "\n");
  if (tests) {
    const std::string written = client::passed_tests_text(*tests);
    const auto again = client::parse_passed_tests(written);
    if (!again || client::passed_tests_text(*again) != written || again->passes != tests->passes) {
      std::abort();
    }
  }
  return 0;
}
