// Fuzzes the words of commands, the paths in them and their definitions.
#include "analyzer/ingest/command_definitions.hpp"
#include "analyzer/ingest/command_words.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <cstdlib>

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view command = tests::text_of(data, size);
  const std::vector<ingest::ShellWord> words = ingest::shell_words(command);
  const ingest::CommandDefinitions split = ingest::split_definitions(command, words);
  if (split.definitions.empty() && split.frame != command) {
    std::abort();
  }
  for (const auto& group : ingest::command_words(words, "/build")) {
    for (const std::string& word : group.words) {
      (void)ingest::path_pieces(word);
    }
  }
  return 0;
}
