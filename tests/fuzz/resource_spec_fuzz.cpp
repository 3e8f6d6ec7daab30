// Fuzzes resource specifications: what is read is in order, or the fault is told with the file.
#include "analyzer/report/resource_spec_json.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto spec = report::resource_spec_from_json(tests::text_of(data, size), "spec.json");
  if (spec.has_error()) {
    if (spec.error().message.find("spec.json") == std::string::npos) {
      std::abort();
    }
    return 0;
  }
  const auto ascends = [](const auto& values, auto key) {
    return std::ranges::adjacent_find(values, std::ranges::greater_equal(), key) == values.end();
  };
  if (!ascends(spec->kinds, &ResourceKind::name)) {
    std::abort();
  }
  for (const ResourceKind& kind : spec->kinds) {
    if (!ascends(kind.instances, &ResourceInstance::id)) {
      std::abort();
    }
  }
  return 0;
}
