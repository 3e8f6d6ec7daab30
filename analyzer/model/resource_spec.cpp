// Finds the property of tests that write a specification.
#include "analyzer/model/resource_spec.hpp"

namespace winnow {

std::string generated_resource_spec(const TestProperties& properties)
{
  std::string file;
  for (const auto& [name, value] : properties.others) {
    if (name == "GENERATED_RESOURCE_SPEC_FILE") {
      file = value; // the last one counts
    }
  }
  return file;
}

} // namespace winnow
