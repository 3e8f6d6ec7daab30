// Joins the statements first, then fills what the request leaves open.
#include "daemon/client/heeded_settings.hpp"

#include "daemon/client/ctest_resources.hpp"
#include "daemon/client/declared_resources.hpp"
#include "daemon/client/project_settings.hpp"
#include "daemon/client/run_rules.hpp"
#include "daemon/client/user_daemon.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace winnow::client {
namespace {

Result<void> add_named_instances(const BuildContext& context, const Settings& settings,
                                 const ingest::TestListing& listing, RunRequest& request)
{
  if (!request.resource_spec) {
    const std::string in_settings =
        settings.resource_spec_file.empty()
            ? ""
            : (std::filesystem::path(context.tree.roots.source) / settings.resource_spec_file)
                  .string();
    Result<std::optional<ResourceSpec>> there_are =
        resources_there_are(in_settings, listing.resource_spec_file, context.tree.roots.build);
    if (!there_are) {
      return there_are.error();
    }
    request.resource_spec = std::move(*there_are);
  }
  return check_generated_resources(request);
}

void add_limits(const RunCapacity& capacity, RunRequest& request)
{
  if (!request.jobs && capacity.cpu) {
    request.jobs =
        static_cast<std::uint32_t>(capacity.cpu->of(machine_of_daemon().cpu_milli / 1000));
  }
  if (!request.memory_limit_bytes && capacity.memory) {
    request.memory_limit_bytes = capacity.memory->of(machine_of_daemon().memory_bytes);
  }
}

void take_rules(ingest::TestListing& listing, const Roots& roots, HeededSettings& heeded)
{
  if (heeded.settings.run_rules.empty()) {
    return;
  }
  const std::vector<Ruled> ruled =
      ruled_tests(heeded.settings.run_rules, named_tests(listing, roots));
  for (std::size_t index = 0; index < ruled.size(); ++index) {
    TestDescription& test = listing.tests[index];
    test.stated = joined(std::move(test.stated), ruled[index].stated);
    if (ruled[index].repeat) {
      heeded.repeats.emplace(test.key, *ruled[index].repeat);
    }
  }
}

} // namespace

Result<HeededSettings> heed_settings(const Roots& roots, ingest::TestListing& listing)
{
  Result<Settings> settings = read_settings(roots);
  if (settings.has_error()) {
    return settings.error();
  }
  Result<std::vector<CountedResource>> declared =
      declared_resources(settings->resources, listing.resources);
  if (declared.has_error()) {
    return declared.error();
  }
  HeededSettings heeded{std::move(*settings), std::move(*declared), {}};
  take_rules(listing, roots, heeded);
  for (const TestDescription& test : listing.tests) {
    if (const auto fits = check_statement(test.key, test.stated, heeded.resources); !fits) {
      return fits.error();
    }
  }
  return heeded;
}

Result<void> apply_run_settings(const BuildContext& context, const ingest::TestListing& listing,
                                const HeededSettings& heeded, RunRequest& request)
{
  for (RequestedTest& test : request.tests) {
    const auto ruled = heeded.repeats.find(test.description.key);
    if (ruled != heeded.repeats.end() && !request.repeat) {
      test.repeat = ruled->second;
    }
  }
  request.resources = heeded.resources;
  add_limits(heeded.settings.capacity, request);
  return add_named_instances(context, heeded.settings, listing, request);
}

} // namespace winnow::client
