// Fuzzes build.ninja and what it includes.
#include "analyzer/ingest/ninja_manifest.hpp"
#include "tests/fuzz/fuzz_input.hpp"

using namespace winnow;

/// What follows a line "%%" is the file `more.ninja`, to be included or not.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  static const tests::FuzzDirectory directory;
  const auto [first, more] = tests::cut(tests::text_of(data, size), "\n%%\n");
  directory.write("more.ninja", more);
  const auto manifest = ingest::NinjaManifest::load(directory.write("build.ninja", first));
  if (manifest) {
    for (const ingest::NinjaEdge& edge : manifest->edges()) {
      (void)manifest->command(edge);
      (void)manifest->variable(edge, "rspfile_content");
      (void)manifest->outputs(edge);
      (void)manifest->order_only_inputs(edge);
    }
  }
  return 0;
}
