// The first rule that says something of a test counts.
#include "daemon/client/run_rules.hpp"

#include "analyzer/select/meant_tests.hpp"
#include "daemon/client/ctest_resources.hpp"
#include "daemon/client/declared_resources.hpp"
#include "daemon/client/project_settings.hpp"
#include "daemon/client/user_daemon.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <optional>

namespace winnow::client {
namespace {

/// What rules say of one test.
struct Ruled {
  std::optional<Repeat> repeat;
  StatedResources stated; ///< stated_at: the rules
};

template <class T>
void set_first(std::optional<T>& known, const std::optional<T>& next)
{
  if (!known) {
    known = next;
  }
}

void add_place(Shared<std::string>& places, const std::string& place)
{
  places = Shared<std::string>(places->empty() ? place : fmt::format("{}, {}", *places, place));
}

void add_rule(Ruled& ruled, const RunRule& rule)
{
  set_first(ruled.repeat, rule.repeat);
  if (rule.stated == StatedResources()) {
    return;
  }
  set_first(ruled.stated.cpu_milli, rule.stated.cpu_milli);
  set_first(ruled.stated.memory_bytes, rule.stated.memory_bytes);
  std::vector<ResourceCount> pools = rule.stated.pools;
  set_counts(pools, ruled.stated.pools);
  ruled.stated.pools = std::move(pools);
  add_place(ruled.stated.stated_at, rule.name);
}

std::map<TestKey, Ruled> rules_by_test(const ProjectSettings& project, const BuildContext& context)
{
  std::map<TestKey, Ruled> by_test;
  for (const RunRule& rule : project.settings.run_rules) {
    for (const TestId test :
         select::tests_meant_by(rule.tests, context.graph, &project.labels).tests) {
      add_rule(by_test[context.graph.key(test)], rule);
    }
  }
  return by_test;
}

/// Both statements of one test; winnow.json is stronger.
StatedResources joined(StatedResources stated, const StatedResources& ruled)
{
  if (ruled == StatedResources()) {
    return stated;
  }
  stated.cpu_milli = ruled.cpu_milli ? ruled.cpu_milli : stated.cpu_milli;
  stated.memory_bytes = ruled.memory_bytes ? ruled.memory_bytes : stated.memory_bytes;
  set_counts(stated.pools, ruled.pools);
  add_place(stated.stated_at, *ruled.stated_at);
  return stated;
}

/// Of every test, also of those that do not run now: a statement is right or wrong for all runs.
Result<void> check_statements(const ingest::TestListing& listing,
                              const std::map<TestKey, Ruled>& rules,
                              std::span<const CountedResource> declared)
{
  for (const TestDescription& test : listing.tests) {
    const auto ruled = rules.find(test.key);
    if (test.stated.pools.empty() && ruled == rules.end()) {
      continue;
    }
    const StatedResources stated =
        ruled == rules.end() ? test.stated : joined(test.stated, ruled->second.stated);
    if (const Result<void> fits = check_statement(test.key, stated, declared); !fits) {
      return fits;
    }
  }
  return {};
}

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

} // namespace

Result<void> apply_run_settings(const BuildContext& context, const ingest::TestListing& listing,
                                RunRequest& request)
{
  const Result<ProjectSettings> project = project_settings(context);
  if (project.has_error()) {
    return project.error();
  }
  Result<std::vector<CountedResource>> declared =
      declared_resources(project->settings.resources, listing.resources);
  if (!declared) {
    return declared.error();
  }
  const std::map<TestKey, Ruled> rules = rules_by_test(*project, context);
  if (const Result<void> fit = check_statements(listing, rules, *declared); !fit) {
    return fit;
  }
  for (RequestedTest& test : request.tests) {
    if (const auto ruled = rules.find(test.description.key); ruled != rules.end()) {
      test.repeat = request.repeat ? std::nullopt : ruled->second.repeat;
      test.description.stated = joined(std::move(test.description.stated), ruled->second.stated);
    }
  }
  request.resources = std::move(*declared);
  add_limits(project->settings.capacity, request);
  return add_named_instances(context, project->settings, listing, request);
}

} // namespace winnow::client
