// Takes the option before the build tree's own file.
#include "daemon/client/ctest_resources.hpp"

#include "analyzer/report/resource_spec_json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace winnow::client {

Result<std::optional<ResourceSpec>> resources_there_are(const std::string& asked,
                                                        const std::string& configured,
                                                        const std::string& build_dir)
{
  const std::string& file = asked.empty() ? configured : asked;
  if (file.empty()) {
    return std::optional<ResourceSpec>();
  }
  Result<ResourceSpec> spec = report::read_resource_spec(build_dir, file);
  return spec ? Result<std::optional<ResourceSpec>>(std::move(*spec)) : spec.error();
}

Result<void> check_generated_resources(const RunRequest& request)
{
  const TestDescription* generator = nullptr;
  for (const RequestedTest& test : request.tests) {
    if (generated_resource_spec(test.description.properties).empty()) {
      continue;
    }
    if (generator != nullptr) {
      return user_error(
          fmt::format("{} and {} both have GENERATED_RESOURCE_SPEC_FILE; only one test may have it",
                      generator->key.display(), test.description.key.display()));
    }
    generator = &test.description;
  }
  if (generator == nullptr) {
    return {};
  }
  const std::string name = generator->key.display();
  if (generator->properties->fixtures_setup.size() != 1) {
    return user_error(fmt::format("{} has GENERATED_RESOURCE_SPEC_FILE and {} fixtures in "
                                  "FIXTURES_SETUP; it must have exactly one",
                                  name, generator->properties->fixtures_setup.size()));
  }
  const std::string& fixture = generator->properties->fixtures_setup.front();
  for (const RequestedTest& test : request.tests) {
    const TestProperties& properties = test.description.properties;
    if (!properties.resource_groups.empty() &&
        std::ranges::find(properties.fixtures_required, fixture) ==
            properties.fixtures_required.end()) {
      return user_error(fmt::format("{} has RESOURCE_GROUPS, and {} makes the resource spec file; "
                                    "add the fixture {} to its FIXTURES_REQUIRED",
                                    test.description.key.display(), name, fixture));
    }
  }
  if (request.resource_spec) {
    return user_error(fmt::format("{} has GENERATED_RESOURCE_SPEC_FILE, which cannot be used along "
                                  "with the resource spec file {}",
                                  name, request.resource_spec->file));
  }
  return {};
}

void forget_generated_resources(RunRequest& request)
{
  for (RequestedTest& test : request.tests) {
    std::erase_if(test.description.properties.edit().others, [](const auto& property) {
      return property.first == "GENERATED_RESOURCE_SPEC_FILE";
    });
  }
}

} // namespace winnow::client
