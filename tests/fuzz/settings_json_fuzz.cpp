// Fuzzes winnow.json: it is read, or refused with a place; a pattern that is read can be matched.
#include "analyzer/report/settings_json.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <cstdlib>

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto text = tests::text_of(data, size);
  const auto settings = report::settings_from_json(text, "winnow.json", "/source/root");
  if (settings.has_error()) {
    if (!settings.error().message.starts_with("winnow.json")) {
      std::abort();
    }
    return 0;
  }
  for (const ProjectRule& rule : settings->rules) {
    for (const PathPattern& pattern : rule.patterns) {
      // What matches a directory matches what lies below it.
      if (pattern.matches("a/b.c", PathKind::directory) && !pattern.matches("a/b.c/d")) {
        std::abort();
      }
    }
  }
  return 0;
}
