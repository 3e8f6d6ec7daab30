// Fuzzes CMake's regular expressions: a pattern in the first line, a text in the rest.
#include "analyzer/model/cmake_regex.hpp"
#include "tests/fuzz/fuzz_input.hpp"

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto [pattern, text] = tests::cut(tests::text_of(data, size), "\n");
  if (const auto regex = CMakeRegex::compile(pattern)) {
    (void)regex->matches(text);
  }
  return 0;
}
