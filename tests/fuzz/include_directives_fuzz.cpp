// Fuzzes the text of sources: directives, what computed ones become, names in generators' inputs.
#include "analyzer/ingest/computed_names.hpp"
#include "analyzer/ingest/include_directives.hpp"
#include "analyzer/ingest/project_includes.hpp"
#include "tests/fuzz/fuzz_input.hpp"

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view text = tests::text_of(data, size);
  const ingest::FileDirectives found = ingest::directives_in(text);
  const ingest::MacroLookup definitions = [&](std::string_view name) {
    std::vector<ingest::MacroDefinition> macros;
    for (const ingest::NamingMacro& macro : found.macros) {
      if (macro.name == name) {
        macros.push_back({macro.parameters, macro.value});
      }
    }
    return macros;
  };
  for (const ingest::IncludeDirective& include : found.includes) {
    if (include.form == ingest::IncludeForm::computed) {
      (void)ingest::computed_names(include.name, include.use, definitions);
    }
  }
  (void)ingest::header_names_in(text);
  return 0;
}
