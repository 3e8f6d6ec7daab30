// Fuzzes the words of commands and the paths in them.
#include "analyzer/ingest/command_words.hpp"
#include "tests/fuzz/fuzz_input.hpp"

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  for (const auto& group : ingest::command_words(tests::text_of(data, size), "/build")) {
    for (const std::string& word : group.words) {
      (void)ingest::path_pieces(word);
    }
  }
  return 0;
}
