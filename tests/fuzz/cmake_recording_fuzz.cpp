// Fuzzes what a run of CMake recorded, and its effect on the variables of a script.
#include "analyzer/ingest/cmake_recording.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <cstdlib>

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto recording = ingest::parse_recording(tests::text_of(data, size));
  if (!recording) {
    return 0;
  }
  ingest::CMakeVariables variables;
  for (const auto& [name, value] : recording->before) {
    variables.set(name, value);
  }
  ingest::apply_changes(*recording, variables);
  for (const auto& [name, value] : recording->after) {
    const std::string* found = variables.find(name);
    const bool elsewhere = ingest::is_place_of_script(name) || name.starts_with("ENV{");
    if (!elsewhere && (found == nullptr || *found != value)) {
      std::abort();
    }
  }
  return 0;
}
